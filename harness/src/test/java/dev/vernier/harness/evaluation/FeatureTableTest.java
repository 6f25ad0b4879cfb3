package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Features;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.UsageException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FeatureTableTest {
  /** A net whose values of the second image are too large for it, or for one of its outputs. */
  private record Overflowing(String output) implements FeatureExtractor {
    @Override
    public FeatureSpec spec() {
      return new FeatureSpec("onnx-huge", 2, 2, 0, "hash", false);
    }

    private INDArray values(String name) {
      float huge = name.equals(output) ? Float.POSITIVE_INFINITY : 1;
      return Nd4j.createFromArray(new float[][] {{0, 1}, {2, huge}});
    }

    @Override
    public Features extract(INDArray batch) {
      return new Features(
          values("pooled"),
          Optional.of(values("logits")),
          Optional.empty(),
          Optional.of(values("layout")));
    }

    @Override
    public void close() {
      // Nothing to free.
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pooled", "logits", "layout"})
  void featuresThatAreNotFinite_areRefusedWithNetAndImage(String output) {
    List<LabelledImage> images =
        List.of(
            new LabelledImage("cats/a.png", 0, ImageSize.square(1), new byte[3]),
            new LabelledImage("cats/b.png", 0, ImageSize.square(1), new byte[3]));
    FeatureTable table = new FeatureTable(new Overflowing(output), images.size());
    assertThatThrownBy(() -> table.add(images))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("the features onnx-huge of image cats/b.png hold Infinity");
  }

  @Test
  void classOrder_isClassByClass_andOfAClassAsAdded() {
    FeatureTable table = new FeatureTable(new Overflowing("none"), 6);
    table.add(List.of(pixel(1), pixel(0)));
    table.add(List.of(pixel(1), pixel(0)));
    assertThat(table.classOrder().orElseThrow()).containsExactly(1, 3, 0, 2);
    table.add(List.of(pixel(1), pixel(-1)));
    assertThat(table.classOrder()).isEmpty();
  }

  private static LabelledImage pixel(int label) {
    return new LabelledImage("pixel", label, ImageSize.square(1), new byte[3]);
  }

  @Test
  void moreImagesThanAnArrayHolds_areRefusedWithTheirMost() {
    assertThatThrownBy(() -> new FeatureTable(new Overflowing("none"), Integer.MAX_VALUE / 2 + 1))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "1073741824 images are too many for features of 2 values, which are kept together:"
                + " measure at most 1073741819");
  }
}
