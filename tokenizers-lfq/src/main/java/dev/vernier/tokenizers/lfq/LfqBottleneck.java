package dev.vernier.tokenizers.lfq;

import dev.vernier.autoencoder.Bottleneck;
import dev.vernier.autoencoder.CodeForm;
import dev.vernier.autoencoder.CodebookUpkeep;
import dev.vernier.autoencoder.Objective;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Integers;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.spi.SubCodebook;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;
import org.nd4j.linalg.factory.Nd4j;

/** Signs in place of a codebook: {@code q_i = +1} where {@code z_i > 0}, else -1. */
final class LfqBottleneck implements Bottleneck {
  private final LfqSettings settings;
  private final CodeLayers layers;

  /** Quantization with layers before and behind it. */
  LfqBottleneck(LfqSettings settings, CodeLayers layers) {
    this.settings = settings;
    this.layers = layers;
  }

  private int bitsOfSubToken() {
    return settings.bits() / settings.subTokens();
  }

  @Override
  public List<SubCodebook> subCodebooks() {
    if (settings.subTokens() == 1) {
      return List.of(new SubCodebook("code", 1 << settings.bits()));
    }
    return IntStream.range(0, settings.subTokens())
        .mapToObj(j -> new SubCodebook("bits-" + j, 1 << bitsOfSubToken()))
        .toList();
  }

  @Override
  public int codeDimension() {
    return settings.bits();
  }

  @Override
  public Trained train(SDVariable images, FeatureMap trunk, Objective objective, long seed) {
    Graph graph = trunk.graph();
    int count = trunk.batch() * trunk.area();
    Quantized quantized = quantize(graph, layers.toCodes(trunk).rows(), count);
    objective.add("commitment", quantized.commitment(), settings.commitmentWeight());
    if (settings.entropyWeight() > 0) {
      objective.add("sample-entropy", quantized.sampleEntropy(), settings.entropyWeight());
      objective.add("batch-entropy", quantized.batchEntropy(), -settings.entropyWeight());
    }
    FeatureMap output =
        layers.fromCodes(graph, quantized.output(), trunk.batch(), trunk.height(), trunk.width());
    return new Trained(output, CodebookUpkeep.NONE);
  }

  /**
   * Lays quantization and its losses into a training graph.
   *
   * @param z {@code [count, d]}
   */
  Quantized quantize(Graph graph, SDVariable z, int count) {
    SameDiff sd = graph.sameDiff();
    SDVariable signs = graph.input("quantize.values", count, settings.bits());
    graph.hostStep(
        "signs",
        (reads, writes) -> {
          float[] values = SignBits.signs(Floats.all(reads[0]));
          Floats.of(writes[0]).write(0, values, values.length);
        },
        List.of(z),
        List.of(signs));
    SDVariable difference = signs.sub(z);
    SDVariable output = z.add(new StopGradient(sd, difference).outputVariable());
    SDVariable commitment = difference.mul(difference).mean();
    EntropyTerm entropy = new EntropyTerm(graph, settings);
    return new Quantized(output, commitment, entropy.ofSamples(z), entropy.ofBatch(z, count));
  }

  /**
   * What training needs of a quantization.
   *
   * @param output straight-through, {@code [N, d]}
   * @param commitment mean squared distance of encodings from their signs
   * @param sampleEntropy mean entropy of a position's code distribution
   * @param batchEntropy entropy of the mean distribution
   */
  record Quantized(
      SDVariable output,
      SDVariable commitment,
      SDVariable sampleEntropy,
      SDVariable batchEntropy) {}

  @Override
  public List<SDVariable> encodings(FeatureMap trunk) {
    SDVariable rows = layers.toCodes(trunk).rows();
    if (settings.subTokens() == 1) {
      return List.of(rows);
    }
    int count = trunk.batch() * trunk.area();
    List<SDVariable> parts = new ArrayList<>();
    for (int j = 0; j < settings.subTokens(); j++) {
      int[] from = {0, j * bitsOfSubToken()};
      parts.add(trunk.graph().sameDiff().slice(rows, from, count, bitsOfSubToken()));
    }
    return parts;
  }

  @Override
  public int[] nearest(int subCodebook, INDArray encodings, Parameters parameters) {
    return SignBits.indices(Floats.all(encodings), bitsOfSubToken());
  }

  @Override
  public INDArray vectors(int subCodebook, int[] codes, Parameters parameters) {
    int bits = bitsOfSubToken();
    float[] signs = new float[codes.length * bits];
    SignBits.write(codes, bits, signs, bits, 0);
    return Nd4j.createFromArray(signs).reshape(codes.length, bits);
  }

  @Override
  public FeatureMap decode(
      Graph graph, List<SDVariable> indices, int batch, int height, int width) {
    int count = batch * height * width;
    SDVariable signs = graph.input("quantize.values", count, settings.bits());
    graph.hostStep(
        "signs",
        (reads, writes) -> {
          float[] rows = new float[count * settings.bits()];
          for (int j = 0; j < reads.length; j++) {
            int bits = bitsOfSubToken();
            SignBits.write(Integers.read(reads[j]), bits, rows, settings.bits(), j * bits);
          }
          Floats.of(writes[0]).write(0, rows, rows.length);
        },
        indices,
        List.of(signs));
    return layers.fromCodes(graph, signs, batch, height, width);
  }

  @Override
  public CodeForm codeForm() {
    return CodeForm.SIGNS;
  }
}
