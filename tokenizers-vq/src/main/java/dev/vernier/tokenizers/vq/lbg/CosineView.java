package dev.vernier.tokenizers.vq.lbg;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A few coordinates in which patches differ most: those waves of the discrete cosine transform over
 * channels, rows and columns along which given patches vary most. Waves are of unit length and at
 * right angles, so patches are at least as far apart as their coordinates.
 */
final class CosineView {
  /** Beyond these frequencies a patch of a picture has little to show. */
  private static final int FREQUENCIES = 4;

  private static final int MOST = 16;

  /** Patches that are enough to tell along which waves they vary. */
  private static final int LOOKED_AT = 1024;

  private final double[][] waves;

  private CosineView(double[][] waves) {
    this.waves = waves;
  }

  /**
   * The view that suits some patches.
   *
   * @param patches {@code [N, D]}
   */
  static CosineView of(float[] patches, PatchGrid grid) {
    int low = Math.min(FREQUENCIES, grid.side());
    List<double[]> all =
        IntStream.range(0, 3 * low * low)
            .mapToObj(i -> wave(grid.side(), i / low / low, i / low % low, i % low))
            .toList();
    double[] variances = all.stream().mapToDouble(wave -> variance(wave, patches)).toArray();
    return new CosineView(
        IntStream.range(0, variances.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -variances[i]))
            .limit(MOST)
            .map(all::get)
            .toArray(double[][]::new));
  }

  private static double[] wave(int side, int channelwise, int down, int across) {
    double[] wave = new double[3 * side * side];
    double square = 0;
    for (int i = 0; i < wave.length; i++) {
      wave[i] =
          crest(channelwise, i / side / side, 3)
              * crest(down, i / side % side, side)
              * crest(across, i % side, side);
      square += wave[i] * wave[i];
    }
    for (int i = 0; i < wave.length; i++) {
      wave[i] /= Math.sqrt(square);
    }
    return wave;
  }

  private static double crest(int frequency, int place, int length) {
    return Math.cos(Math.PI * frequency * (place + 0.5) / length);
  }

  private static double variance(double[] wave, float[] patches) {
    int count = patches.length / wave.length;
    int step = (count + LOOKED_AT - 1) / LOOKED_AT;
    double sum = 0;
    double squares = 0;
    int looked = 0;
    for (int n = 0; n < count; n += step) {
      double along = along(wave, patches, n * wave.length);
      sum += along;
      squares += along * along;
      looked++;
    }
    return squares - sum * sum / looked;
  }

  private static double along(double[] wave, float[] patches, int at) {
    double sum = 0;
    for (int i = 0; i < wave.length; i++) {
      sum += wave[i] * patches[at + i];
    }
    return sum;
  }

  /** Number of coordinates. */
  int coordinates() {
    return waves.length;
  }

  /** Writes the coordinates of the patch that begins at a place. */
  void look(float[] patches, int from, float[] target, int at) {
    for (int j = 0; j < waves.length; j++) {
      target[at + j] = (float) along(waves[j], patches, from);
    }
  }
}
