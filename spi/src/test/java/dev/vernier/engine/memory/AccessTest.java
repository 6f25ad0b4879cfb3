package dev.vernier.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** ND4J's calls, which other devices need, against pointers on the CPU, which has both. */
class AccessTest {
  private static INDArray table() {
    return Nd4j.arange(24).castTo(DataType.FLOAT).reshape(4, 1, 6);
  }

  @ParameterizedTest
  @EnumSource
  void floatsOfAView_areReadAndWrittenInPlace(Access access) {
    try (INDArray table = table()) {
      Floats floats = access.floats(table.get(NDArrayIndex.interval(1, 3)));
      assertThat(floats.length()).isEqualTo(12);
      float[] target = {-1, -1, -1, -1, -1};
      floats.read(4, target, 1, 3);
      assertThat(target).containsExactly(-1, 10, 11, 12, -1);
      floats.write(11, new float[] {50, 51, 52}, 1, 1);
      floats.write(0, new float[] {60, 61, 62}, 2);
      floats.write(3, new float[0], 0);
      float[] expected = access.all(table());
      expected[17] = 51;
      expected[6] = 60;
      expected[7] = 61;
      assertThat(table.dup('c').data().asFloat()).isEqualTo(expected);
      assertThat(access.all(table)).isEqualTo(expected);
    }
  }

  /** Such as the one row that is left of a transposed column: in 'f' order by name only. */
  @ParameterizedTest
  @EnumSource
  void rowsOfATransposedArray_areWrittenInPlace(Access access) {
    try (INDArray column = Nd4j.create(DataType.FLOAT, new long[] {5, 1}, 'f')) {
      access.floats(column.permute(1, 0)).write(1, new float[] {7, 8}, 2);
      assertThat(column.dup('c').data().asFloat()).containsExactly(0, 7, 8, 0, 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void integersOfAView_areReadAndWrittenInPlace(Access access) {
    try (INDArray table = table().castTo(DataType.INT32)) {
      INDArray rows = table.get(NDArrayIndex.interval(2, 4));
      int[] first = new int[3];
      access.read(rows, first);
      assertThat(first).containsExactly(12, 13, 14);
      access.write(rows, IntStream.range(100, 112).toArray());
      assertThat(table.dup('c').data().asInt())
          .startsWith(0, 1)
          .containsSubsequence(11, 100)
          .endsWith(110, 111);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2_047, 2_048, 40_001})
  void pass_changesWhatItMayChange(int length) {
    for (Access access : Access.values()) {
      try (INDArray read = Nd4j.arange(length).castTo(DataType.FLOAT);
          INDArray changed = read.dup()) {
        Pass pass = new Pass(access, List.of(read), List.of(changed), List.of(length));
        pass.run(
            (stretch, floats) -> {
              for (int i = 0; i < stretch.count(); i++) {
                floats[1][i] += floats[0][i] + stretch.from();
                floats[0][i] = -1;
              }
            });
        float[] before = access.all(read);
        assertThat(before).isEqualTo(Nd4j.arange(length).castTo(DataType.FLOAT).toFloatVector());
        float[] after = access.all(changed);
        for (int i = 0; i < length; i++) {
          assertThat(after[i]).isEqualTo(2f * i + i / 2_048 * 2_048);
        }
      }
    }
  }

  @Test
  void stretchesOfAPass_endWithTheirRanges() {
    try (INDArray array = Nd4j.zeros(DataType.FLOAT, 5_000)) {
      Pass pass = new Pass(List.of(), List.of(array), List.of(10, 4_000, 990));
      assertThat(pass.stretches()).isEqualTo(4);
      pass.run((stretch, floats) -> Arrays.fill(floats[0], stretch.range() + 1f));
      float[] values = Floats.all(array);
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i]).isEqualTo(i < 10 ? 1 : i < 4_010 ? 2 : 3);
      }
    }
  }
}
