package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorstImagesTest {
  private static LabelledImage image(String id) {
    return new LabelledImage(id, 0, ImageSize.square(1), new byte[3]);
  }

  @Test
  void keepsThoseOfLowestScore_theWorstFirst() {
    WorstImages worst = new WorstImages();
    // 7 and 10 have no common factor: every score occurs, in no order.
    for (int i = 0; i < 100; i++) {
      int score = i * 7 % 100;
      worst.add(score, image("real" + score), image("back" + score));
    }
    List<String> expected = IntStream.range(0, WorstImages.KEPT).mapToObj(String::valueOf).toList();
    assertThat(worst.rows().get(0))
        .extracting(LabelledImage::id)
        .containsExactlyElementsOf(expected.stream().map(each -> "real" + each).toList());
    assertThat(worst.rows().get(1))
        .extracting(LabelledImage::id)
        .containsExactlyElementsOf(expected.stream().map(each -> "back" + each).toList());
  }

  @Test
  void keepsTheFirst_ofEqualOnes() {
    WorstImages worst = new WorstImages();
    for (int i = 0; i < 20; i++) {
      worst.add(5, image("image" + i), image("back" + i));
    }
    assertThat(worst.rows().get(0)).extracting(LabelledImage::id).startsWith("image0", "image1");
    assertThat(worst.rows().get(0)).hasSize(WorstImages.KEPT);
  }
}
