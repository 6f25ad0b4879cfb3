package dev.vernier.tokenizers.lfq;

import dev.vernier.autoencoder.CodeProjection;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import org.nd4j.autodiff.samediff.SDVariable;

/** The way from the trunk to encodings and from signs to the decoder. */
interface CodeLayers {
  /** Encodings, {@code [batch, d, grid, grid]}. */
  FeatureMap toCodes(FeatureMap trunk);

  /**
   * The decoder's input.
   *
   * @param rows signs, {@code [batch * grid * grid, d]}
   */
  FeatureMap fromCodes(Graph graph, SDVariable rows, int batch, int side);

  /** Those that every family has in the frame of VQGAN. */
  static CodeLayers of(CodeProjection projection) {
    return new CodeLayers() {
      @Override
      public FeatureMap toCodes(FeatureMap trunk) {
        return projection.toCodes(trunk);
      }

      @Override
      public FeatureMap fromCodes(Graph graph, SDVariable rows, int batch, int side) {
        return projection.fromCodes(graph, rows, batch, side);
      }
    };
  }
}
