package dev.vernier.harness.gate;

import java.util.Locale;

/** What is said of a metric of a cell. */
public enum Verdict {
  /** No worse than the tolerance, and the noise is within it. */
  PASS,
  /** Worse by more than the tolerance and the noise together. */
  FAIL,
  /** The noise is wider than what is to be told. */
  INCONCLUSIVE,
  /** Computed by another protocol than the baseline's. */
  NOT_COMPARABLE,
  /** In the baseline, and not in the run. */
  MISSING,
  /** Not judged: without a better direction or a tolerance, new, or judged in the mean of seeds. */
  REPORTED;

  /** Whether it says neither that the metric is worse nor that it is not. */
  public boolean unmeasured() {
    return this == INCONCLUSIVE || this == NOT_COMPARABLE || this == MISSING;
  }

  /** As people read it. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
