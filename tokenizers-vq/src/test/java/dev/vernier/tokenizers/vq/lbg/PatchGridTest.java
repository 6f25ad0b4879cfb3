package dev.vernier.tokenizers.vq.lbg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.ImageSize;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatchGridTest {
  @Test
  void patches_areSquaresOfEveryChannel() {
    PatchGrid grid = new PatchGrid(ImageSize.square(6), 3);
    assertThat(grid.places()).isEqualTo(4);
    assertThat(grid.dimension()).isEqualTo(27);
    // The patch at the lower left: rows 3 to 5, columns 0 to 2.
    assertThat(IntStream.range(0, 27).map(i -> grid.index(2, i)))
        .startsWith(18, 19, 20, 24, 25, 26, 30, 31, 32)
        .contains(36 + 18, 72 + 32);
  }

  @Test
  void patches_fillTheImage() {
    PatchGrid grid = new PatchGrid(ImageSize.square(12), 4);
    int[] seen =
        IntStream.range(0, grid.places())
            .flatMap(place -> IntStream.range(0, 48).map(i -> grid.index(place, i)))
            .sorted()
            .toArray();
    assertThat(seen).isEqualTo(IntStream.range(0, 3 * 12 * 12).toArray());
  }

  @Test
  void everyPixel_liesInOnePatch_alsoWhereImagesAreNoSquares() {
    PatchGrid grid = new PatchGrid(new ImageSize(4, 6), 2);
    assertThat(grid.places()).isEqualTo(6);
    assertThat(grid.index(4, 0)).as("second row, second column").isEqualTo(2 * 6 + 2);
    assertThat(grid.index(4, 7)).as("green, its lower right pixel").isEqualTo(24 + 3 * 6 + 3);
    boolean[] seen = new boolean[3 * 4 * 6];
    for (int place = 0; place < grid.places(); place++) {
      for (int value = 0; value < grid.dimension(); value++) {
        assertThat(seen[grid.index(place, value)]).isFalse();
        seen[grid.index(place, value)] = true;
      }
    }
    assertThat(seen).doesNotContain(false);
  }
}
