package dev.vernier.generators.far;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Parameters;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.SubCodebook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a generator of random weights says a position at a time, with caches. */
public final class DecodedLogits {
  private static final int SEQUENCES = 3;
  private static final List<SubCodebook> CODEBOOKS =
      List.of(new SubCodebook("a", 6), new SubCodebook("b", 9), new SubCodebook("c", 5));

  private DecodedLogits() {}

  /**
   * The logits of every position of a grid.
   *
   * @return by sub-codebook
   */
  public static Map<String, float[]> of(GeneratorProvider provider, int rows, int columns) {
    Head head = ((FarFamily) provider).head();
    FarShape shape = new FarShape(CODEBOOKS, rows, columns, 2, 16, 2, 2, 2, 8, false);
    Random random = new Random(5);
    Map<String, List<float[]>> parts = new TreeMap<>();
    try (Parameters parameters =
        Parameters.initialize(new FarModel("any", shape, head).graph(), 5)) {
      float[] values = new float[(int) parameters.values().length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.3 * random.nextGaussian());
      }
      Floats.of(parameters.values()).write(0, values, values.length);
      try (Decoder decoder = new Decoder(shape, head, SEQUENCES, parameters)) {
        decoder.begin(new int[] {0, 1, shape.nullClass()});
        for (int t = 0; t < shape.positions(); t++) {
          int[][] drawn = drawn(random);
          decoder.subTokens(
              (j, logits) -> {
                parts
                    .computeIfAbsent(CODEBOOKS.get(j).name(), each -> new ArrayList<>())
                    .add(logits.clone());
                return drawn[j];
              });
          if (t < shape.positions() - 1) {
            decoder.advance(t + 1, drawn);
          }
        }
      }
    }
    Map<String, float[]> joined = new TreeMap<>();
    parts.forEach((name, each) -> joined.put("logits " + name, joined(each)));
    return joined;
  }

  private static int[][] drawn(Random random) {
    int[][] drawn = new int[CODEBOOKS.size()][SEQUENCES];
    for (int j = 0; j < drawn.length; j++) {
      int size = CODEBOOKS.get(j).size();
      Arrays.setAll(drawn[j], i -> random.nextInt(size));
    }
    return drawn;
  }

  private static float[] joined(List<float[]> parts) {
    float[] joined = new float[parts.size() * parts.get(0).length];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i), 0, joined, i * parts.get(0).length, parts.get(0).length);
    }
    return joined;
  }
}
