package dev.vernier.generators.far;

import dev.vernier.engine.PaddedBatches;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Graph;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.UsageException;

/**
 * What tells transformers apart, all but their weights.
 *
 * @param name of the provider
 * @param shape its sizes
 * @param head how sub-tokens are predicted
 */
record FarModel(String name, FarShape shape, Head head) {
  /**
   * What the generator is.
   *
   * @param net the transformer, laid into a graph
   */
  GeneratorSpec spec(TeacherForcing net) {
    return new GeneratorSpec(
        name,
        shape.codebooks(),
        shape.rows(),
        shape.columns(),
        shape.classes(),
        net.graph().trainedValues(),
        net.headParameters());
  }

  /**
   * Looks, without memory for it, whether its parameters fit into the array that trains them.
   *
   * @throws UsageException if they do not
   */
  void refuseTooMany() {
    long parameters = graph().trainedValues();
    if (parameters > Floats.MOST) {
      throw new UsageException(
          name
              + ": "
              + parameters
              + " parameters or more are too many to train here, "
              + Floats.MOST
              + " fit: use fewer layers, a smaller width, or preset b");
    }
  }

  /**
   * Looks whether the logits of a batch fit into an array.
   *
   * @param batch token grids
   * @throws UsageException if they do not
   */
  void refuseTooLarge(int batch) {
    int fit = fit();
    if (batch > fit) {
      throw new UsageException(
          name
              + ": the logits of "
              + batch
              + (batch == 1 ? " image, " : " images, ")
              + shape.positions()
              + " positions of "
              + entries()
              + " entries each, are too many numbers for an array: "
              + (fit == 0
                  ? "take a tokenizer of fewer entries or positions"
                  : fit + " images fit, lower the batch size"));
    }
  }

  /**
   * The batches in which the logits of images fit into an array.
   *
   * @param most images a batch
   * @throws UsageException if not even those of one image do
   */
  PaddedBatches batches(int most) {
    refuseTooLarge(1);
    return new PaddedBatches(Math.min(most, fit()));
  }

  /** Images whose logits fit into an array. */
  private int fit() {
    return (int) (Floats.MOST / ((long) shape.positions() * entries()));
  }

  private int entries() {
    return shape.codebooks().stream().mapToInt(SubCodebook::size).max().orElseThrow();
  }

  /** The transformer over one grid, which holds every parameter. */
  TeacherForcing net() {
    return new TeacherForcing(shape, head, 1, 0);
  }

  /** Its graph. */
  Graph graph() {
    return net().graph();
  }
}
