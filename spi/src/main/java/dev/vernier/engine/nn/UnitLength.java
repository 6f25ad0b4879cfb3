package dev.vernier.engine.nn;

import org.nd4j.autodiff.samediff.SDVariable;

/** Vectors scaled to unit length. */
public final class UnitLength {
  private UnitLength() {}

  /**
   * Divides each vector by its length, {@code sqrt(sum(x^2) + epsilon)}.
   *
   * @param axis along which the vectors lie
   * @param epsilon keeps the length of a zero vector, and its gradient, away from 0
   */
  public static SDVariable along(int axis, SDVariable x, double epsilon) {
    return x.div(length(axis, x, epsilon));
  }

  /** The lengths alone, the axis kept with size 1. */
  public static SDVariable length(int axis, SDVariable x, double epsilon) {
    return x.getSameDiff().math().sqrt(x.mul(x).sum(true, axis).add(epsilon));
  }
}
