package dev.vernier.autoencoder;

import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.spi.SubCodebook;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The way from the encoder's trunk to codes, and from codes to the decoder, once all is trained.
 */
public interface Coding {
  /** The sub-codebooks, in the order of {@link dev.vernier.spi.Tokens}. */
  List<SubCodebook> subCodebooks();

  /** Dimension d of one code. */
  int codeDimension();

  /**
   * What the search looks for, in a graph for inference: for each sub-codebook {@code [batch *
   * height * width, d]}.
   */
  List<SDVariable> encodings(FeatureMap trunk);

  /** The indices of encodings in a sub-codebook. */
  int[] nearest(int subCodebook, INDArray encodings, Parameters parameters);

  /**
   * What {@link #nearest} compares encodings with.
   *
   * @param codes indices in the sub-codebook
   * @return {@code [codes, d]}; a new array that the caller closes
   */
  INDArray vectors(int subCodebook, int[] codes, Parameters parameters);

  /**
   * From indices to the decoder's input, in a graph for inference.
   *
   * @param indices for each sub-codebook {@code [batch * height * width]}, 32-bit integers; {@link
   *     dev.vernier.engine.program.operations.Lookup#NONE} stands for a vector of zeros
   * @return of {@code zChannels} channels
   */
  FeatureMap decode(Graph graph, List<SDVariable> indices, int batch, int height, int width);

  /**
   * The parameter whose values an array of a published checkpoint holds; by default that of the
   * same name.
   *
   * @param array its name in the file, levels in LlamaGen's form
   * @return empty where the array serves training alone, so that inference passes it over
   */
  default Optional<String> parameter(String array) {
    return Optional.of(array);
  }
}
