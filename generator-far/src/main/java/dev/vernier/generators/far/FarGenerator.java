package dev.vernier.generators.far;

import dev.vernier.engine.PaddedBatches;
import dev.vernier.engine.memory.Owned;
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

  private static final PaddedBatches BATCHES = new PaddedBatches(16);

  private final FarModel model;
  private final FarShape shape;
  private final GeneratorSpec spec;
  private final double classDropout;
  private final Owned owned = new Owned();
  private final Parameters parameters;
  private Decoder guided;
  private Decoder unguided;
  private Likelihood likelihood;

  private FarGenerator(
      FarModel model, GeneratorSpec spec, double classDropout, Parameters parameters) {
    this.model = model;
    this.shape = model.shape();
    this.spec = spec;
    this.classDropout = classDropout;
    this.parameters = owned.add(parameters);
  }

  /**
   * A generator with weights of its own.
   *
   * @param classDropout how often the class was dropped in their training
   * @param weights by parameter name; copied
   */
  static FarGenerator of(FarModel model, double classDropout, Function<String, INDArray> weights) {
    TeacherForcing net = model.net();
    Parameters parameters = Parameters.initialize(net.graph(), 0);
    try {
      parameters.names().forEach(name -> parameters.get(name).assign(weights.apply(name)));
      return new FarGenerator(model, model.spec(net), classDropout, parameters);
    } catch (RuntimeException | Error e) {
      parameters.close();
      throw e;
    }
  }

  /**
   * A generator with the weights of a file.
   *
   * @param classDropout how often the class was dropped in their training
   * @param path where the file is, for messages
   */
  static FarGenerator of(FarModel model, double classDropout, WeightFile weights, Path path)
      throws IOException {
    TeacherForcing net = model.net();
    Parameters parameters = Parameters.initialize(net.graph(), 0);
    try {
      Checkpoint.load(weights, path, parameters);
      return new FarGenerator(model, model.spec(net), classDropout, parameters);
    } catch (IOException | RuntimeException | Error e) {
      parameters.close();
      throw e;
    }
  }

  @Override
  public GeneratorSpec spec() {
    return spec;
  }

  @Override
  public Tokens sample(int[] labels, long first, SamplingSettings settings) {
    shape.check(labels);
    if (settings.isGuided()) {
      FarSettings.checkGuidance(classDropout);
    }
    int n = shape.positions();
    int k = shape.subTokens();
    int[] all = new int[labels.length * k * n];
    BATCHES.forEach(
        labels.length,
        (from, present) -> {
          int[] own = Arrays.copyOfRange(labels, from, from + present);
          int[][][] drawn = sampleBatch(own, first + from, settings);
          for (int t = 0; t < n; t++) {
            for (int j = 0; j < k; j++) {
              for (int b = 0; b < present; b++) {
                all[((from + b) * k + j) * n + t] = drawn[t][j][b];
              }
            }
          }
        });
    return new Tokens(all, labels.length, shape.codebooks(), shape.rows(), shape.columns());
  }

  /** Sub-tokens by position, sub-codebook and image. */
  private int[][][] sampleBatch(int[] labels, long first, SamplingSettings settings) {
    boolean both = settings.isGuided();
    Drawing drawing = new Drawing(shape, settings, first, BATCHES.size());
    Decoder decoder = decoder(both);
    int[] all = Arrays.copyOf(labels, both ? 2 * BATCHES.size() : BATCHES.size());
    Arrays.fill(all, labels.length, all.length, shape.nullClass());
    decoder.begin(all);
    int[][][] drawn = new int[shape.positions()][][];
    for (int t = 0; t < drawn.length; t++) {
      int position = t;
      if (t > 0) {
        decoder.advance(t, drawn[t - 1]);
      }
      drawn[t] =
          decoder.subTokens(
              (subCodebook, logits) -> {
                int[] own = drawing.draw(position, subCodebook, logits);
                return both ? twice(own) : own;
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

  private Decoder decoder(boolean both) {
    if (both) {
      if (guided == null) {
        guided = owned.add(new Decoder(shape, model.head(), 2 * BATCHES.size(), parameters));
      }
      return guided;
    }
    if (unguided == null) {
      unguided = owned.add(new Decoder(shape, model.head(), BATCHES.size(), parameters));
    }
    return unguided;
  }

  @Override
  public double[][] bits(Tokens tokens, int[] labels) {
    if (likelihood == null) {
      likelihood = owned.add(new Likelihood(model, model.batches(BATCHES.size()), parameters));
    }
    return likelihood.bits(tokens, labels);
  }

  @Override
  public void save(Path folder) throws IOException {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("codebooks", String.join(",", codebooks()));
    about.put("rows", String.valueOf(shape.rows()));
    about.put("columns", String.valueOf(shape.columns()));
    about.put(FarFile.HEADS, String.valueOf(shape.heads()));
    about.put(FarFile.CLASS_ROW, FarSettings.ClassRow.of(shape.zeroClassRow()));
    about.put(FarFile.CLASS_DROPOUT, String.valueOf(classDropout));
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
    owned.close();
  }
}
