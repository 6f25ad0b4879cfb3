package dev.vernier.tokenizers.fq;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * FQGAN's disentanglement term: for each pair of branches the mean over positions of the squared
 * cosine of their codes, then the mean over pairs.
 */
final class Disentanglement {
  /** Below every squared norm that occurs; keeps the quotient and its gradient finite. */
  private static final double SMALLEST = 1e-16;

  private Disentanglement() {}

  /**
   * The term, in [0, 1].
   *
   * @param codes of at least two branches, each {@code [N, d]}, straight-through
   */
  static SDVariable of(List<SDVariable> codes) {
    SDVariable sum = null;
    int pairs = 0;
    for (int i = 0; i < codes.size(); i++) {
      for (int j = i + 1; j < codes.size(); j++) {
        SDVariable pair = pair(codes.get(i), codes.get(j));
        sum = sum == null ? pair : sum.add(pair);
        pairs++;
      }
    }
    return sum.mul(1.0 / pairs);
  }

  private static SDVariable pair(SDVariable first, SDVariable second) {
    SDVariable product = first.mul(second).sum(1);
    SDVariable cosine = product.div(norm(first).mul(norm(second)));
    return cosine.mul(cosine).mean();
  }

  private static SDVariable norm(SDVariable codes) {
    SDVariable square = codes.mul(codes).sum(1).add(SMALLEST);
    return codes.getSameDiff().math().sqrt(square);
  }
}
