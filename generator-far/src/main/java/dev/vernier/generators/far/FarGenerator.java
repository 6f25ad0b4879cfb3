package dev.vernier.generators.far;

import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.train.Checkpoint;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A trained transformer. Programs are compiled when they are first needed. */
final class FarGenerator implements Generator {
  static final String WEIGHTS = "weights.safetensors";

  /** Sequences that are decoded at a time, and grids whose likelihood is. */
  private static final int LARGEST_BATCH = 32;

  private final FarModel model;
  private final FarShape shape;
  private final Parameters parameters;
  private Decoder decoder;
  private int sequences;
  private Likelihood likelihood;

  private FarGenerator(FarModel model, Parameters parameters) {
    this.model = model;
    this.shape = model.shape();
    this.parameters = parameters;
  }

  /**
   * A generator with weights of its own.
   *
   * @param weights by parameter name; copied
   */
  static FarGenerator of(FarModel model, Function<String, INDArray> weights) {
    Parameters parameters = Parameters.initialize(model.graph(), 0);
    parameters.names().forEach(name -> parameters.get(name).assign(weights.apply(name)));
    return new FarGenerator(model, parameters);
  }

  /**
   * A generator with the weights of a file.
   *
   * @param path where the file is, for messages
   */
  static FarGenerator of(FarModel model, WeightFile weights, Path path) throws IOException {
    Parameters parameters = Parameters.initialize(model.graph(), 0);
    try {
      Checkpoint.load(weights, path, parameters);
      return new FarGenerator(model, parameters);
    } catch (IOException | RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  @Override
  public GeneratorSpec spec() {
    return model.spec(parameters.count());
  }

  @Override
  public Tokens sample(int[] labels, long first, SamplingSettings settings) {
    int n = shape.positions();
    int k = shape.subTokens();
    int[] all = new int[labels.length * k * n];
    for (int from = 0; from < labels.length; from += LARGEST_BATCH) {
      int count = Math.min(LARGEST_BATCH, labels.length - from);
      int[][][] drawn =
          sampleBatch(Arrays.copyOfRange(labels, from, from + count), first + from, settings);
      for (int t = 0; t < n; t++) {
        for (int j = 0; j < k; j++) {
          for (int b = 0; b < count; b++) {
            all[((from + b) * k + j) * n + t] = drawn[t][j][b];
          }
        }
      }
    }
    return new Tokens(all, labels.length, shape.codebooks(), shape.rows(), shape.columns());
  }

  /** Sub-tokens by position, sub-codebook and image. */
  private int[][][] sampleBatch(int[] labels, long first, SamplingSettings settings) {
    int images = labels.length;
    boolean guided = settings.isGuided();
    Drawing drawing = new Drawing(shape, settings, first, images);
    Decoder chosen = decoder(guided ? 2 * images : images);
    int[] all = Arrays.copyOf(labels, sequences);
    Arrays.fill(all, images, sequences, shape.nullClass());
    chosen.begin(all);
    int[][][] drawn = new int[shape.positions()][][];
    for (int t = 0; t < drawn.length; t++) {
      int position = t;
      if (t > 0) {
        chosen.advance(t, drawn[t - 1]);
      }
      drawn[t] =
          chosen.subTokens(
              (subCodebook, logits) -> {
                int[] own = drawing.draw(position, subCodebook, logits);
                return guided ? twice(own) : own;
              });
    }
    return drawn;
  }

  /** Both branches of guidance go on with the same sub-tokens. */
  private static int[] twice(int[] values) {
    int[] both = Arrays.copyOf(values, 2 * values.length);
    System.arraycopy(values, 0, both, values.length, values.length);
    return both;
  }

  private Decoder decoder(int wanted) {
    if (decoder == null || sequences != wanted) {
      if (decoder != null) {
        decoder.close();
      }
      decoder = new Decoder(shape, model.head(), wanted, parameters);
      sequences = wanted;
    }
    return decoder;
  }

  @Override
  public double[][] bits(Tokens tokens, int[] labels) {
    if (likelihood == null) {
      likelihood = new Likelihood(model, LARGEST_BATCH, parameters);
    }
    return likelihood.bits(tokens, labels);
  }

  @Override
  public void save(Path folder) throws IOException {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("codebooks", String.join(",", codebooks()));
    about.put("rows", String.valueOf(shape.rows()));
    about.put("columns", String.valueOf(shape.columns()));
    about.put("classes", String.valueOf(shape.classes()));
    Checkpoint.write(folder.resolve(WEIGHTS), parameters, Map.of(), about);
  }

  private List<String> codebooks() {
    List<String> each = new ArrayList<>();
    for (SubCodebook codebook : shape.codebooks()) {
      each.add(codebook.name() + ":" + codebook.size());
    }
    return each;
  }

  @Override
  public void close() {
    if (decoder != null) {
      decoder.close();
    }
    if (likelihood != null) {
      likelihood.close();
    }
    parameters.close();
  }
}
