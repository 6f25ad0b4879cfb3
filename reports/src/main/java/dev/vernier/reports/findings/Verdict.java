package dev.vernier.reports.findings;

import java.util.Collection;

/** Whether something that a paper found holds here. */
public enum Verdict {
  /** The difference is as claimed, and its whole 95% interval with it. */
  HOLDS("holds"),
  /** The difference is the reverse of the claim, significantly so. */
  DOES_NOT_HOLD("does not hold"),
  /** The interval includes no difference, or there is none. */
  NOT_DECIDED("not decided"),
  /** Numbers that it takes are missing. */
  NOT_MEASURED("not measured");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** The verdict in words. */
  public String words() {
    return words;
  }

  /** The verdict on what holds only if all of its parts do: one contrary part refutes it. */
  static Verdict ofAll(Collection<Verdict> parts) {
    if (parts.contains(DOES_NOT_HOLD)) {
      return DOES_NOT_HOLD;
    }
    if (parts.contains(NOT_MEASURED)) {
      return NOT_MEASURED;
    }
    return parts.contains(NOT_DECIDED) ? NOT_DECIDED : HOLDS;
  }
}
