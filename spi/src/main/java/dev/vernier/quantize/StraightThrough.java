package dev.vernier.quantize;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;

/**
 * Quantization with the straight-through gradient, and the losses that draw encodings and entries
 * together (van den Oord et al. 2017).
 *
 * @param output the entries; its gradient goes to the encodings unchanged
 * @param codebook mean square that moves entries to encodings
 * @param commitment mean square that moves encodings to entries
 */
public record StraightThrough(SDVariable output, SDVariable codebook, SDVariable commitment) {
  /**
   * Quantizes.
   *
   * @param encodings {@code [N, d]}
   * @param entries their nearest, {@code [N, d]}
   */
  public static StraightThrough between(SDVariable encodings, SDVariable entries) {
    return new StraightThrough(
        encodings.add(stopped(entries.sub(encodings))),
        meanSquare(entries.sub(stopped(encodings))),
        meanSquare(stopped(entries).sub(encodings)));
  }

  private static SDVariable meanSquare(SDVariable x) {
    return x.mul(x).mean();
  }

  private static SDVariable stopped(SDVariable x) {
    return new StopGradient(x.getSameDiff(), x).outputVariable();
  }
}
