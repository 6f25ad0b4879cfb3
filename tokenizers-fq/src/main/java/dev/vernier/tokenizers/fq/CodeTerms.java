package dev.vernier.tokenizers.fq;

import dev.vernier.autoencoder.Objective;
import dev.vernier.engine.nn.FeatureMap;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** Losses on the codes of branches. */
@FunctionalInterface
interface CodeTerms {
  /** No further losses. */
  CodeTerms NONE = (images, trunk, branches, codes, objective) -> {};

  /**
   * Lays them into a training graph.
   *
   * @param images {@code [batch, 3, height, width]}
   * @param trunk gives the sizes of the code grid
   * @param codes of each branch {@code [batch * area, d]}, straight-through
   */
  void add(
      SDVariable images,
      FeatureMap trunk,
      List<Branch> branches,
      List<SDVariable> codes,
      Objective objective);
}
