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

  /** For models whose black is -1 and whose white is 1. */
  private static final Normalization SIGNED =
      new Normalization("-1..1", List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

  /** {@link #NONE} as a range. */
  private static final Normalization UNIT =
      new Normalization("0..1", NONE.mean(), NONE.deviation());

  /** For models whose white is 255. */
  private static final Normalization BYTES =
      new Normalization("0..255", NONE.mean(), List.of(1 / 255.0, 1 / 255.0, 1 / 255.0));

  /** Those that are ranges, the same for all colours. */
  static final List<Normalization> RANGES = List.of(SIGNED, UNIT, BYTES);

  private static final List<Normalization> ALL = List.of(IMAGENET, CLIP, NONE, SIGNED, UNIT, BYTES);

  /** The one with a label. */
  static Normalization of(String label) {
    return ALL.stream().filter(each -> each.label().equals(label)).findFirst().orElseThrow();
  }

  /** What a value in [-1, 1] is for the model. */
  float from(float value, int channel) {
    double unit = (value + 1.0) / 2;
    return (float) ((unit - mean.get(channel)) / deviation.get(channel));
  }

  /** The value in about [-1, 1] of what the model gives. */
  float back(float value, int channel) {
    return (float) (2 * (value * deviation.get(channel) + mean.get(channel)) - 1);
  }
}
