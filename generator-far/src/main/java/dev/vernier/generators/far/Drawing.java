package dev.vernier.generators.far;

import dev.vernier.engine.memory.Parallel;
import dev.vernier.spi.SamplingSettings;
import java.util.SplittableRandom;

/**
 * The draws of some images: guidance on logits, then temperature and cut-offs, then a number from
 * the image's own random stream.
 */
final class Drawing {
  private final FarShape shape;
  private final SamplingSettings settings;
  private final SplittableRandom[] streams;
  private final ThreadLocal<Candidates> candidates;

  /**
   * The draws of images in a row.
   *
   * @param first number of the first
   * @param images how many
   */
  Drawing(FarShape shape, SamplingSettings settings, long first, int images) {
    this.shape = shape;
    this.settings = settings;
    this.streams = new SplittableRandom[images];
    long seed = new SplittableRandom(settings.seed()).nextLong();
    for (int i = 0; i < images; i++) {
      streams[i] = new SplittableRandom(seed + first + i);
    }
    int largest = shape.codebooks().stream().mapToInt(each -> each.size()).max().orElseThrow();
    this.candidates = ThreadLocal.withInitial(() -> new Candidates(largest));
  }

  /**
   * Draws a sub-token for each image.
   *
   * @param logits {@code [images, K]}, or with guidance {@code [2 * images, K]}, conditional before
   *     unconditional; overwritten
   * @return by image
   */
  int[] draw(int position, int subCodebook, float[] logits) {
    int size = shape.codebooks().get(subCodebook).size();
    SamplingSettings.Draw draw = settings.of(subCodebook);
    double scale = settings.schedule().at(draw.guidance(), position, shape.positions());
    int[] drawn = new int[streams.length];
    Parallel.forEach(
        streams.length,
        i -> {
          int from = i * size;
          if (settings.isGuided()) {
            guide(logits, from, from + streams.length * size, size, (float) scale);
          }
          double inverse = 1 / draw.temperature();
          for (int c = from; c < from + size; c++) {
            logits[c] = (float) (logits[c] * inverse);
          }
          drawn[i] = candidates.get().draw(logits, from, size, draw, streams[i].nextDouble());
        });
    return drawn;
  }

  /** {@code u + s (c - u)} in place of c. */
  static void guide(float[] logits, int conditional, int unconditional, int size, float scale) {
    for (int i = 0; i < size; i++) {
      float without = logits[unconditional + i];
      logits[conditional + i] = without + scale * (logits[conditional + i] - without);
    }
  }
}
