package dev.vernier.harness.onnx;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How many images a model takes in a run.
 *
 * @param size that many, no more and no fewer; 0 for any number
 */
record BatchAxis(int size) {
  /** Any number. */
  static final BatchAxis FREE = new BatchAxis(0);

  /** One: what no model refuses. */
  static final BatchAxis ONE = new BatchAxis(1);

  /** The first side of a shape, which is not positive where the model leaves it open. */
  static BatchAxis of(long side) {
    return side > 0 ? new BatchAxis((int) side) : FREE;
  }

  boolean free() {
    return size == 0;
  }

  /** How many images of a count go into each run; those that it lacks are filled up. */
  int ofRun(int count) {
    return free() ? count : size;
  }

  /** What a reader of throughput has to know; empty where there is nothing. */
  Optional<String> caveat(Path file) {
    return free()
        ? Optional.empty()
        : Optional.of(
            "images went through %s %s at a time, since it takes no other number: its throughput is that"
                .formatted(file.getFileName(), size == 1 ? "one" : String.valueOf(size)));
  }
}
