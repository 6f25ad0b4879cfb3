package dev.vernier.tokenizers.vq;

import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.autoencoder.Bottleneck;
import dev.vernier.autoencoder.CodeProjection;
import dev.vernier.autoencoder.CodebookUpkeep;
import dev.vernier.autoencoder.Objective;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.quantize.StraightThrough;
import dev.vernier.spi.SubCodebook;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** VQGAN's bottleneck with a projected codebook. */
final class VqLcBottleneck implements Bottleneck {
  /** Name of the only sub-codebook. */
  static final String SUB_CODEBOOK = "code";

  private final CodeProjection projection;
  private final VqLcSettings settings;
  private final ProjectedQuantizer quantizer;

  VqLcBottleneck(AutoencoderSettings frame, VqLcSettings settings, ProjectedQuantizer quantizer) {
    this.projection = new CodeProjection(frame, settings.dimension());
    this.settings = settings;
    this.quantizer = quantizer;
  }

  /** The only sub-codebook that settings describe. */
  static List<SubCodebook> subCodebooks(VqLcSettings settings) {
    return List.of(new SubCodebook(SUB_CODEBOOK, settings.size()));
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
    SDVariable rows = projection.toCodes(trunk).rows();
    StraightThrough quantized = quantizer.train(graph, rows, count).outcome();
    objective.add("projection", quantized.codebook(), settings.projectionWeight());
    objective.add("commitment", quantized.commitment(), settings.commitmentWeight());
    objective.observe(rows);
    FeatureMap output =
        projection.fromCodes(
            graph, quantized.output(), trunk.batch(), trunk.height(), trunk.width());
    return new Trained(
        output, settings.fitted() ? new ProjectionUpkeep(quantizer, rows) : CodebookUpkeep.NONE);
  }

  @Override
  public List<SDVariable> encodings(FeatureMap trunk) {
    return List.of(projection.toCodes(trunk).rows());
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
    return VqganLc.parameter(array);
  }
}
