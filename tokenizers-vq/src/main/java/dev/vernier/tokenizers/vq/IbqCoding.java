package dev.vernier.tokenizers.vq;

import dev.vernier.autoencoder.CodeProjection;
import dev.vernier.autoencoder.Coding;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.operations.Lookup;
import dev.vernier.engine.search.CodebookSearch;
import dev.vernier.spi.SubCodebook;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * IBQ's way to codes and back: that of VQGAN, but the code of an encoding z is the entry e of the
 * largest z.e, as in SEED-Voken's {@code IndexPropagationQuantize}, which normalizes neither.
 *
 * @param projection from the trunk to encodings, and from entries to the decoder
 */
record IbqCoding(CodeProjection projection, IbqSettings settings) implements Coding {
  /** Name of the codebook's array. */
  static final String EMBEDDING = VqBottleneck.QUANTIZER + ".embedding.weight";

  @Override
  public List<SubCodebook> subCodebooks() {
    return List.of(new SubCodebook("code", settings.size()));
  }

  @Override
  public int codeDimension() {
    return settings.dimension();
  }

  @Override
  public List<SDVariable> encodings(FeatureMap trunk) {
    return List.of(projection.toCodes(trunk).rows());
  }

  @Override
  public int[] nearest(int subCodebook, INDArray encodings, Parameters parameters) {
    return CodebookSearch.largestProduct(encodings, parameters.get(EMBEDDING));
  }

  @Override
  public INDArray vectors(int subCodebook, int[] codes, Parameters parameters) {
    return parameters.get(EMBEDDING).getRows(codes);
  }

  @Override
  public FeatureMap decode(
      Graph graph, List<SDVariable> indices, int batch, int height, int width) {
    SDVariable codebook =
        graph.parameter(EMBEDDING, Initializer.constant(0), settings.size(), settings.dimension());
    SDVariable rows = graph.apply(new Lookup(settings.size()), codebook, indices.get(0));
    return projection.fromCodes(graph, rows, batch, height, width);
  }
}
