package dev.vernier.tests.golden;

import java.io.IOException;

/** Computes a case with our code and compares. */
@FunctionalInterface
public interface GoldenHandler {
  /** Compares every output and scalar of a case, or leaves it out for a reason. */
  void check(GoldenCase golden) throws IOException;
}
