package dev.vernier.generators.far;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RotaryTableTest {
  /** A factorized head may have more sub-tokens than the grid has cells. */
  @Test
  void rowsBelowTheGrid_rotateToo() {
    FarShape shape = Few.shape(2, false);
    int headWidth = shape.headWidth();
    float[] grid = RotaryTable.of(shape);
    float[] more = RotaryTable.first(shape, 2 + shape.positions());
    assertThat(Arrays.copyOf(more, grid.length)).isEqualTo(grid);
    // The cell of row 2 and column 0; the frequencies of two pairs an axis are 1 and 1 / 100.
    float[] below = Arrays.copyOfRange(more, grid.length, more.length);
    assertThat(below).hasSize(headWidth);
    assertThat(below)
        .containsExactly(
            (float) Math.cos(2),
            (float) Math.sin(2),
            (float) Math.cos(0.02),
            (float) Math.sin(0.02),
            1,
            0,
            1,
            0);
  }
}
