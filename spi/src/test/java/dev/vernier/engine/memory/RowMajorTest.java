package dev.vernier.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Views whose numbers lie elsewhere are refused, not read wrongly. */
class RowMajorTest {
  @Test
  void contiguousRows_areRead() {
    try (INDArray table = Nd4j.arange(12).castTo(DataType.FLOAT).reshape(3, 1, 4)) {
      assertThat(Floats.all(table.get(NDArrayIndex.interval(1, 3))))
          .containsExactly(4, 5, 6, 7, 8, 9, 10, 11);
    }
  }

  @Test
  void permutedAndPartialViews_areRefused() {
    try (INDArray table = Nd4j.arange(12).castTo(DataType.FLOAT).reshape(3, 4);
        INDArray integers = table.castTo(DataType.INT32)) {
      assertRefused(() -> Floats.of(table.permute(1, 0)));
      assertRefused(() -> Floats.of(table.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2))));
      assertRefused(() -> Floats.of(integers));
      assertRefused(() -> Integers.read(integers.permute(1, 0)));
      assertRefused(() -> Integers.read(table));
    }
  }

  private static void assertRefused(Runnable reading) {
    assertThatThrownBy(reading::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("contiguous");
  }
}
