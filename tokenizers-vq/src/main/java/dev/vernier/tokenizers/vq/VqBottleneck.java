package dev.vernier.tokenizers.vq;

import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.autoencoder.Bottleneck;
import dev.vernier.autoencoder.CodeForm;
import dev.vernier.autoencoder.CodeProjection;
import dev.vernier.autoencoder.Objective;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.quantize.VectorQuantizer;
import dev.vernier.quantize.VqSettings;
import dev.vernier.spi.SubCodebook;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * VQGAN's bottleneck: the encoder's head, a 1 x 1 convolution to d, one vector quantizer, a 1 x 1
 * convolution back.
 */
final class VqBottleneck implements Bottleneck {
  /** Prefix of the quantizer's arrays. */
  static final String QUANTIZER = "quantize";

  private final CodeProjection projection;
  private final VqSettings settings;
  private final VectorQuantizer quantizer;

  VqBottleneck(AutoencoderSettings frame, VqSettings settings) {
    this.projection = new CodeProjection(frame, settings.dimension());
    this.settings = settings;
    this.quantizer = new VectorQuantizer(settings, QUANTIZER);
  }

  /** The only sub-codebook that settings describe. */
  static List<SubCodebook> subCodebooks(VqSettings settings) {
    return List.of(new SubCodebook("code", settings.size()));
  }

  @Override
  public List<SubCodebook> subCodebooks() {
    return subCodebooks(settings);
  }

  @Override
  public int codeDimension() {
    return settings.dimension();
  }

  @Override
  public Trained train(SDVariable images, FeatureMap trunk, Objective objective, long seed) {
    Graph graph = trunk.graph();
    int count = trunk.batch() * trunk.area();
    VectorQuantizer.Quantized quantized =
        quantizer.train(graph, projection.toCodes(trunk).rows(), count, objective, "");
    FeatureMap output =
        projection.fromCodes(
            graph, quantized.outcome().output(), trunk.batch(), trunk.height(), trunk.width());
    return new Trained(output, quantizer.upkeep(quantized, seed));
  }

  @Override
  public List<SDVariable> encodings(FeatureMap trunk) {
    return List.of(quantizer.prepared(projection.toCodes(trunk).rows()));
  }

  @Override
  public int[] nearest(int subCodebook, INDArray encodings, Parameters parameters) {
    return quantizer.nearest(encodings, parameters);
  }

  @Override
  public INDArray vectors(int subCodebook, int[] codes, Parameters parameters) {
    return quantizer.vectors(codes, parameters);
  }

  @Override
  public FeatureMap decode(
      Graph graph, List<SDVariable> indices, int batch, int height, int width) {
    return projection.fromCodes(
        graph, quantizer.entries(graph, indices.get(0)), batch, height, width);
  }

  @Override
  public Optional<String> parameter(String array) {
    return quantizer.trainingOnly(array) ? Optional.empty() : Optional.of(array);
  }

  @Override
  public CodeForm codeForm() {
    return settings.codeForm();
  }
}
