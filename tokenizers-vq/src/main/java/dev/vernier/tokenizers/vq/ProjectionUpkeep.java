package dev.vernier.tokenizers.vq;

import dev.vernier.autoencoder.CodebookUpkeep;
import dev.vernier.engine.Execution;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.train.Optimization;
import dev.vernier.quantize.SeenEncodings;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Fits a projection to the encodings of the first batches; from there on it is trained. */
final class ProjectionUpkeep implements CodebookUpkeep {
  private final ProjectionFit fit;
  private final SDVariable encodings;
  private final SeenEncodings seen = new SeenEncodings();

  /**
   * The care of a projected codebook.
   *
   * @param encodings of the training graph, {@code [N, d]}
   */
  ProjectionUpkeep(ProjectedQuantizer quantizer, SDVariable encodings) {
    this.fit = new ProjectionFit(quantizer);
    this.encodings = encodings;
  }

  @Override
  public boolean wantsMore() {
    return seen.tooFew();
  }

  @Override
  public List<SDVariable> seen() {
    return List.of(encodings);
  }

  @Override
  public void see(Execution execution) {
    seen.add(execution.floats(encodings));
  }

  @Override
  public boolean begin(Execution execution, Parameters parameters) {
    fit.fit(seen.take(), parameters);
    return true;
  }

  @Override
  public void afterStep(Execution execution, Optimization optimization) {
    // The projection is trained from here on.
  }

  @Override
  public Map<String, INDArray> state() {
    return Map.of();
  }

  @Override
  public void close() {
    // Nothing to free.
  }
}
