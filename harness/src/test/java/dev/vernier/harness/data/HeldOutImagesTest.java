package dev.vernier.harness.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutImagesTest {
  private static ImageDataset whole() {
    SyntheticProvider provider = new SyntheticProvider();
    Map<String, String> small =
        Map.of("image-size", "8", "training-images", "200", "validation-images", "20");
    return provider.open("", Settings.of(provider.settings(), small));
  }

  private static List<String> ids(ImageDataset images, Split split) {
    return IntStream.range(0, images.size(split))
        .mapToObj(i -> images.image(split, i).id())
        .toList();
  }

  @Test
  void heldOutImages_areNoneThatAreTrainedOn_andNoneThatAreReported() {
    ImageDataset whole = whole();
    ImageDataset held = HeldOutImages.of(whole, 50);
    List<String> measured = ids(held, Split.VALIDATION);
    List<String> trained = ids(held, Split.TRAIN);
    assertThat(measured).hasSize(50).doesNotContainAnyElementsOf(trained);
    assertThat(measured).doesNotContainAnyElementsOf(ids(whole, Split.VALIDATION));
    assertThat(ids(whole, Split.TRAIN)).hasSize(200).containsAll(measured).containsAll(trained);
    assertThat(
            measured.stream()
                .map(id -> held.label(Split.VALIDATION, measured.indexOf(id)))
                .distinct())
        .as("classes")
        .hasSizeGreaterThan(20);
    for (int i = 0; i < held.size(Split.TRAIN); i++) {
      assertThat(trained).contains(held.augmented(i, new SplittableRandom(i)).id());
    }
  }

  @Test
  void anotherNumber_isAnotherDataset_andNoneIsTheSame() {
    ImageDataset whole = whole();
    assertThat(HeldOutImages.of(whole, 0)).isSameAs(whole);
    assertThat(HeldOutImages.of(whole, 50).spec().hash())
        .isNotEqualTo(whole.spec().hash())
        .isNotEqualTo(HeldOutImages.of(whole, 51).spec().hash())
        .isEqualTo(HeldOutImages.of(whole(), 50).spec().hash());
    assertThatThrownBy(() -> HeldOutImages.of(whole, 200))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("hold-out=200 would leave nothing to train on");
  }
}
