package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.spi.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageSetTest {
  private static final String SOURCE = "set";

  private static ImageSet of(RgbImage... images) {
    return new ImageSet(List.of("a", "b"), List.of(images), true);
  }

  private static RgbImage image(int width, int height) {
    return new RgbImage(width, height, new byte[3 * width * height]);
  }

  @Test
  void squaresOfOneSize_haveTheirSide() {
    assertThat(of(image(4, 4), image(4, 4)).size(SOURCE)).isEqualTo(4);
  }

  @Test
  void otherShapes_areToldForWhatTheyAre() {
    assertThatThrownBy(() -> of(image(3, 4), image(3, 4)).size(SOURCE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("images of 3 x 4: crop them to squares");
    assertThatThrownBy(() -> of(image(4, 4), image(3, 4)).size(SOURCE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("different sizes (a is 4 x 4, b is 3 x 4)");
  }

  @Test
  void stem_isThePathWithoutItsExtension() {
    assertThat(ImageSet.stem("a.b/c.tar.png")).isEqualTo("a.b/c.tar");
    assertThat(ImageSet.stem("step_0.5")).isEqualTo("step_0.5");
    assertThat(ImageSet.stem("step_0.5.jp2")).isEqualTo("step_0.5");
    assertThat(ImageSet.stem("a.b/c")).isEqualTo("a.b/c");
    assertThat(ImageSet.stem(".hidden")).isEqualTo(".hidden");
  }
}
