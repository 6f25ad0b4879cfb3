package dev.vernier.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.operations.AttendHeads;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

class ScratchTest {
  private static final int LENGTH = 128;
  private static final int HEADS = 2;
  private static final long WEIGHTS_BYTES = 4L * HEADS * LENGTH * LENGTH;

  /** Memory of so many layers of attention, one after another, and of their gradients. */
  private static long workingBytes(int layers) {
    Graph graph = new Graph();
    SDVariable packed = graph.input("packed", LENGTH, 3 * HEADS);
    SDVariable rows = packed;
    for (int i = 0; i < layers; i++) {
      SDVariable seen = graph.apply(new AttendHeads(LENGTH, HEADS, 1, false), rows);
      rows = graph.sameDiff().concat(1, seen, seen, seen);
    }
    Program program = Program.inputGradient(graph, rows.mul(rows).mean(), packed);
    try (Parameters none = Parameters.initialize(graph, 1);
        Execution execution = Executors.named("onednn").compile(program, none)) {
      return execution.workingBytes();
    }
  }

  @Test
  void room_isSharedByThoseWhoAgree() {
    try (Scratch scratch = new Scratch()) {
      INDArray room = scratch.of(Scratch.Purpose.INPUT_MAPS, 6, List.of(1L));
      assertThat(scratch.of(Scratch.Purpose.INPUT_MAPS, 6, List.of(1L))).isSameAs(room);
      assertThat(scratch.of(Scratch.Purpose.INPUT_MAPS, 6, List.of(2L))).isNotSameAs(room);
      assertThat(scratch.of(Scratch.Purpose.OUTPUT_GRADIENTS, 6, List.of(1L))).isNotSameAs(room);
      assertThat(scratch.bytes()).isEqualTo(3 * 6 * Float.BYTES);
    }
  }

  @Test
  void layers_shareTheRoomForTheWeightsOfAttention() {
    long one = workingBytes(1);
    assertThat(one).isGreaterThan(2 * WEIGHTS_BYTES);
    assertThat(workingBytes(4) - one).isLessThan(WEIGHTS_BYTES);
  }
}
