package dev.vernier.tokenizers.lfq;

import dev.vernier.autoencoder.CodeProjection;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import org.nd4j.autodiff.samediff.SDVariable;

/** The way from the trunk to encodings and from signs to the decoder. */
interface CodeLayers {
  /** Encodings, of d channels. */
  FeatureMap toCodes(FeatureMap trunk);

  /**
   * The decoder's input.
   *
   * @param rows signs, {@code [batch * height * width, d]}
   */
  FeatureMap fromCodes(Graph graph, SDVariable rows, int batch, int height, int width);

  /** Those that every family has in the frame of VQGAN. */
  static CodeLayers of(CodeProjection projection) {
    return new CodeLayers() {
      @Override
      public FeatureMap toCodes(FeatureMap trunk) {
        return projection.toCodes(trunk);
      }

      @Override
      public FeatureMap fromCodes(Graph graph, SDVariable rows, int batch, int height, int width) {
        return projection.fromCodes(graph, rows, batch, height, width);
      }
    };
  }
}
