package dev.vernier.autoencoder;

import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The way from the trunk to the vectors that are quantized and back: the encoder's head, a 1 x 1
 * convolution to the code dimension; another one to the decoder's width.
 *
 * @param frame sizes of the frame
 * @param dimension channels that are quantized
 */
public record CodeProjection(AutoencoderSettings frame, int dimension) {
  /** From the trunk to encodings, of {@code dimension} channels. */
  public FeatureMap toCodes(FeatureMap trunk) {
    FeatureMap head = Encoder.head(frame, trunk, frame.zChannels());
    return Convolution.apply("quant_conv", head, dimension, 1);
  }

  /**
   * From quantized vectors to the decoder's input.
   *
   * @param rows {@code [batch * height * width, dimension]}
   * @return of {@code zChannels} channels
   */
  public FeatureMap fromCodes(Graph graph, SDVariable rows, int batch, int height, int width) {
    FeatureMap codes = FeatureMap.ofRows(graph, rows, batch, height, width, dimension);
    return Convolution.apply("post_quant_conv", codes, frame.zChannels(), 1);
  }
}
