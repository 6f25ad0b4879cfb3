package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Parallel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Room for numbers that are of use within one step of a program alone; only zeros that nobody
 * overwrites stay. Steps run one after another, so those that need as much share it: the layers of
 * a transformer do.
 */
final class Scratch implements AutoCloseable {
  private final Map<Use, INDArray> rooms = new HashMap<>();
  private final List<TileStrip> strips = new ArrayList<>();
  private final List<TileWeights> tileWeights = new ArrayList<>();

  /** What room is for. */
  enum Purpose {
    /** Weights of attention. */
    WEIGHTS,
    /** Their gradients, beside them. */
    WEIGHT_GRADIENTS,
    /** Log-probabilities of classes. */
    LOG_PROBABILITIES,
    /** The maps that a convolution reads, within margins of zeros. */
    INPUT_MAPS,
    /** The gradients of the maps that it writes, likewise. */
    OUTPUT_GRADIENTS,
    /** Tiles of the maps that it reads. */
    INPUT_TILES,
    /** Tiles of the maps that it writes, or of their gradients. */
    OUTPUT_TILES,
    /** Its weights, place by place. */
    PLACED_WEIGHTS,
    /** What they are transformed to, or its gradient. */
    TILE_WEIGHTS
  }

  /**
   * Who shares room.
   *
   * @param layout what all of them agree on beside the length
   */
  private record Use(Purpose purpose, long length, List<Long> layout) {}

  /** Room for so many floats, which hold anything before a step; this closes it. */
  INDArray of(Purpose purpose, long length) {
    return of(purpose, length, List.of());
  }

  /**
   * Room that begins as zeros, some of which nobody ever writes.
   *
   * @param layout says which; whoever gives the same gets the same room
   */
  INDArray of(Purpose purpose, long length, List<Long> layout) {
    return rooms.computeIfAbsent(
        new Use(purpose, length, layout), use -> Nd4j.create(new long[] {use.length}));
  }

  /** Room for strips of tiles, one for each thread. */
  List<TileStrip> strips() {
    return filled(strips, TileStrip::new);
  }

  /** Room for weights of tiles, one for each thread. */
  List<TileWeights> tileWeights() {
    return filled(tileWeights, TileWeights::new);
  }

  private static <T> List<T> filled(List<T> ofThreads, Supplier<T> room) {
    if (ofThreads.isEmpty()) {
      Stream.generate(room).limit(Parallel.workers()).forEach(ofThreads::add);
    }
    return ofThreads;
  }

  /** Native memory held, in bytes. */
  long bytes() {
    return rooms.keySet().stream().mapToLong(use -> Float.BYTES * use.length).sum();
  }

  @Override
  public void close() {
    rooms.values().forEach(INDArray::close);
    rooms.clear();
    strips.clear();
    tileWeights.clear();
  }
}
