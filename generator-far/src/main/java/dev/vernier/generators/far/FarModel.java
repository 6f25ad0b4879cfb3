package dev.vernier.generators.far;

import dev.vernier.engine.program.Graph;
import dev.vernier.spi.GeneratorSpec;

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
   * @param parameters number of trained values
   */
  GeneratorSpec spec(long parameters) {
    return new GeneratorSpec(
        name, shape.codebooks(), shape.rows(), shape.columns(), shape.classes(), parameters);
  }

  /** A graph that holds every parameter. */
  Graph graph() {
    return new TeacherForcing(shape, head, 1, 0).graph();
  }
}
