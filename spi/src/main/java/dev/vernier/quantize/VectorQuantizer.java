package dev.vernier.quantize;

import dev.vernier.autoencoder.CodebookUpkeep;
import dev.vernier.autoencoder.Objective;
import dev.vernier.autoencoder.PublishedCheckpoint;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Integers;
import dev.vernier.engine.nn.UnitLength;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.operations.LogSoftmax;
import dev.vernier.engine.program.operations.Lookup;
import dev.vernier.engine.search.CodebookSearch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Nearest-neighbour vector quantization (van den Oord et al. 2017; normalized to unit length: Yu et
 * al. 2022, LlamaGen). Gradients pass through the normalization of encodings and entries, and
 * straight through from the quantized vectors to the encodings.
 */
public final class VectorQuantizer {
  static final double ENTROPY_TEMPERATURE = 0.01;
  private static final int LONGEST_NORMALIZED = 8;
  private static final double ENTROPY_EPSILON = 1e-5;

  /** As PyTorch's {@code normalize} has it: never divide by less. */
  private static final double SMALLEST_NORM = 1e-12;

  private final VqSettings settings;
  private final String scope;

  /**
   * A quantizer of its own codebook.
   *
   * @param scope prefix of its parameters and variables
   */
  public VectorQuantizer(VqSettings settings, String scope) {
    this.settings = settings;
    this.scope = scope;
  }

  /** Name of the codebook's parameter, {@code [K, d]}. */
  public String embeddingName() {
    return embeddingName(scope);
  }

  private static String embeddingName(String scope) {
    return scope + ".embedding.weight";
  }

  /** Whether an array of a published checkpoint counts the use of codes in training. */
  public boolean trainingOnly(String name) {
    return name.equals(scope + ".codebook_used");
  }

  /**
   * Size and dimension of this quantizer's codebook in a published checkpoint, as settings by name;
   * empty where it has none. Codes of up to 8 dimensions are normalized (LlamaGen, FQGAN), longer
   * ones and those of Taming Transformers, which has models of 4 dimensions too, are not.
   */
  public static Map<String, String> published(PublishedCheckpoint weights, String scope) {
    String name = embeddingName(scope);
    if (!weights.names().contains(name)) {
      return Map.of();
    }
    long[] shape = weights.shape(name, 2);
    return Map.of(
        "codebook-size",
        String.valueOf(shape[0]),
        "code-dimension",
        String.valueOf(shape[1]),
        "l2-norm",
        String.valueOf(normalizes(weights, name)));
  }

  private static boolean normalizes(PublishedCheckpoint weights, String name) {
    return !weights.isTaming() && weights.shape(name, 2)[1] <= LONGEST_NORMALIZED;
  }

  /**
   * What {@link #published} guesses, for the user; empty where settings say otherwise.
   *
   * @param l2Norm whether the checkpoint is loaded as one of unit-length codes
   */
  public static Optional<String> assumption(
      PublishedCheckpoint weights, String scope, boolean l2Norm) {
    String name = embeddingName(scope);
    if (!weights.names().contains(name) || normalizes(weights, name) != l2Norm) {
      return Optional.empty();
    }
    return Optional.of(
        "l2-norm="
            + l2Norm
            + " is a guess: files do not say whether codes are normalized, and those of "
            + (weights.isTaming() ? "Taming Transformers" : "LlamaGen and FQGAN")
            + (weights.isTaming()
                ? " are not"
                : l2Norm
                    ? " with up to " + LONGEST_NORMALIZED + " dimensions are"
                    : " with more than " + LONGEST_NORMALIZED + " dimensions are not")
            + "; set l2-norm="
            + !l2Norm
            + " if these are otherwise");
  }

  /** Care of this quantizer's codebook during a training that begins; the caller closes it. */
  public CodebookUpkeep upkeep(Quantized quantized, long seed) {
    return new VqUpkeep(settings, embeddingName(), quantized, seed);
  }

  /** Encodings {@code [N, d]} as the search sees them. */
  public SDVariable prepared(SDVariable rows) {
    return settings.l2Norm() ? UnitLength.along(1, rows, SMALLEST_NORM * SMALLEST_NORM) : rows;
  }

  /** Entries by index: {@code [N, d]}, normalized where the settings say so. */
  public SDVariable entries(Graph graph, SDVariable indices) {
    SDVariable rows = graph.apply(new Lookup(settings.size()), embedding(graph), indices);
    return prepared(rows);
  }

  private SDVariable embedding(Graph graph) {
    return graph.parameter(embeddingName(), this::draw, settings.size(), settings.dimension());
  }

  /**
   * Uniform in plus or minus 1/K; unit rows where they are seen as such (LlamaGen, FQGAN). Rows as
   * short as the draw leaves them would be turned by the first step to anywhere.
   */
  private void draw(float[] entries, RandomGenerator random) {
    double bound = 1.0 / settings.size();
    Initializer.uniform(-bound, bound).fill(entries, random);
    if (settings.l2Norm()) {
      UnitRows.normalize(entries, settings.dimension());
    }
  }

  /**
   * Lays training into a graph.
   *
   * @param rows raw encodings {@code [N, d]}
   * @param count N
   */
  Quantized train(Graph graph, SDVariable rows, int count) {
    SDVariable z = prepared(rows);
    SDVariable indices = graph.integers(scope + ".indices", count);
    CodebookSearch search = graph.own(search());
    graph.hostStep(
        "codebook_search",
        (reads, writes) -> Integers.write(writes[0], search.find(reads[0], reads[1])),
        List.of(z, embedding(graph)),
        List.of(indices));
    SDVariable q = entries(graph, indices);
    StraightThrough outcome = StraightThrough.between(z, q);
    return new Quantized(
        rows,
        indices,
        outcome,
        settings.entropyRatio() == 0 ? Optional.empty() : Optional.of(entropy(graph, z)));
  }

  /**
   * Lays training into a graph and its losses into the objective; keeps the encodings observable
   * for the upkeep.
   *
   * @param rows raw encodings {@code [N, d]}
   * @param prefix of the losses' names
   */
  public Quantized train(
      Graph graph, SDVariable rows, int count, Objective objective, String prefix) {
    Quantized quantized = train(graph, rows, count);
    objective.add(prefix + "codebook", quantized.outcome().codebook(), 1);
    objective.add(prefix + "commitment", quantized.outcome().commitment(), settings.beta());
    quantized
        .entropy()
        .ifPresent(term -> objective.add(prefix + "entropy", term, settings.entropyRatio()));
    objective.observe(rows);
    return quantized;
  }

  /**
   * Mean entropy of each position's code distribution minus the entropy of the mean distribution;
   * in nats.
   */
  private SDVariable entropy(Graph graph, SDVariable z) {
    SameDiff sd = graph.sameDiff();
    SDVariable e = prepared(embedding(graph));
    SDVariable product = z.mmul(e.permute(1, 0));
    SDVariable distance =
        z.mul(z).sum(true, 1).add(e.mul(e).sum(1).reshape(1, settings.size())).sub(product.mul(2));
    SDVariable logits = distance.mul(-1 / ENTROPY_TEMPERATURE);
    SDVariable logProbabilities = new LogSoftmax().compose(logits);
    SDVariable probabilities = sd.math().exp(logProbabilities);
    SDVariable each = probabilities.mul(logProbabilities).sum(1).mean().neg();
    SDVariable mean = probabilities.mean(0);
    SDVariable ofMean = mean.mul(sd.math().log(mean.add(ENTROPY_EPSILON))).sum().neg();
    return each.sub(ofMean);
  }

  /** The nearest entries of prepared encodings. */
  public int[] nearest(INDArray prepared, Parameters parameters) {
    try (CodebookSearch search = search()) {
      return search.find(prepared, parameters.get(embeddingName()));
    }
  }

  private CodebookSearch search() {
    return settings.l2Norm()
        ? CodebookSearch.byDistance(entries -> toUnitLength(entries, settings.dimension()))
        : CodebookSearch.byDistance();
  }

  /** Entries as encodings are compared with them, {@code [codes, d]}; the caller closes them. */
  public INDArray vectors(int[] codes, Parameters parameters) {
    INDArray rows = parameters.get(embeddingName()).getRows(codes);
    if (!settings.l2Norm()) {
      return rows;
    }
    try (rows) {
      float[] values = Floats.all(rows);
      toUnitLength(values, settings.dimension());
      return Nd4j.createFromArray(values).reshape(rows.shape());
    }
  }

  /** In float and with PyTorch's floor, as programs normalize encodings. */
  private static void toUnitLength(float[] values, int dimension) {
    for (int at = 0; at < values.length; at += dimension) {
      float square = 0;
      for (int i = at; i < at + dimension; i++) {
        square += values[i] * values[i];
      }
      float norm = (float) Math.max(SMALLEST_NORM, Math.sqrt(square));
      for (int i = at; i < at + dimension; i++) {
        values[i] /= norm;
      }
    }
  }

  /**
   * What training needs of a quantization.
   *
   * @param encodings raw ones, {@code [N, d]}
   * @param indices of the entries found, {@code [N]}
   * @param outcome straight-through, with the losses
   * @param entropy term; empty where its ratio is 0
   */
  public record Quantized(
      SDVariable encodings,
      SDVariable indices,
      StraightThrough outcome,
      Optional<SDVariable> entropy) {}
}
