package dev.vernier.harness.onnx;

import java.util.List;

/**
 * What a model wants its colours to be: {@code (value - mean) / deviation} of values in [0, 1].
 *
 * @param label the name that settings have
 * @param mean of red, green and blue
 * @param deviation of each
 */
record Normalization(String label, List<Double> mean, List<Double> deviation) {
  /** That of DINOv2 and of most classifiers. */
  private static final Normalization IMAGENET =
      new Normalization("imagenet", List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  private static final Normalization CLIP =
      new Normalization(
          "clip",
          List.of(0.48145466, 0.4578275, 0.40821073),
          List.of(0.26862954, 0.26130258, 0.27577711));

  /** For models that normalize by themselves. */
  private static final Normalization NONE =
      new Normalization("none", List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  private static final List<Normalization> ALL = List.of(IMAGENET, CLIP, NONE);

  /** The one with a label. */
  static Normalization of(String label) {
    return ALL.stream().filter(each -> each.label().equals(label)).findFirst().orElseThrow();
  }
}
