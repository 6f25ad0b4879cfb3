package dev.vernier.generators.far;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.factory.Nd4j;

/** Small models and grids for tests. */
final class Few {
  /** Settings by name of the models that {@link #shape} describes. */
  static final Map<String, String> SIZES =
      Map.of(
          "width", "16", "layers", "2", "heads", "2", "head-layers", "2", "hidden-multiple", "8");

  private Few() {}

  /** The sizes, and more. */
  static Map<String, String> sizes(Map<String, String> further) {
    Map<String, String> all = new HashMap<>(SIZES);
    all.putAll(further);
    return all;
  }

  static List<Head> heads() {
    return List.of(new FactorizedHead(), new Classifiers(false), new Classifiers(true));
  }

  /** A grid of 2 x 3 positions. */
  static FarShape shape(int subTokens, boolean zeroClassRow) {
    List<SubCodebook> codebooks = new ArrayList<>();
    for (int j = 0; j < subTokens; j++) {
      codebooks.add(new SubCodebook("code-" + j, 5 + 2 * j));
    }
    return new FarShape(codebooks, 2, 3, 2, 16, 2, 2, 2, 8, zeroClassRow);
  }

  static FarShape shape(List<SubCodebook> codebooks, int rows, int columns, int classes) {
    return new FarShape(codebooks, rows, columns, classes, 16, 2, 2, 2, 8, true);
  }

  static Tokens tokens(FarShape shape, int batch, long seed) {
    Random random = new Random(seed);
    int[] indices = new int[batch * shape.subTokens() * shape.positions()];
    for (int i = 0; i < indices.length; i++) {
      int j = i / shape.positions() % shape.subTokens();
      indices[i] = random.nextInt(shape.codebooks().get(j).size());
    }
    return new Tokens(indices, batch, shape.codebooks(), shape.rows(), shape.columns());
  }

  /** Parameters of which none is zero, as classifiers are at first. */
  static Parameters parameters(FarModel model, long seed) {
    return parameters(model.graph(), seed);
  }

  /** The same for any graph. */
  static Parameters parameters(Graph graph, long seed) {
    Parameters parameters = Parameters.initialize(graph, seed);
    Random random = new Random(seed);
    for (String name : parameters.names()) {
      float[] values = new float[(int) parameters.get(name).length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.3 * random.nextGaussian());
      }
      parameters
          .get(name)
          .assign(Nd4j.createFromArray(values).reshape(parameters.get(name).shape()));
    }
    return parameters;
  }
}
