package dev.vernier.weights;

import java.util.Collection;
import java.util.List;

/** Names of arrays in a message: a few of them, and how many more there are. */
public final class FewNames {
  private static final int MOST = 5;
  private static final int LONGEST = 100;

  private FewNames() {}

  /**
   * Such as {@code [a, b, c, d, e] and 243 more}; on one line, whatever a file calls its arrays.
   */
  public static String of(Collection<String> names) {
    List<String> few = names.stream().limit(MOST).map(FewNames::shortened).toList();
    return names.size() <= MOST ? few.toString() : few + " and " + (names.size() - MOST) + " more";
  }

  /** A name without line ends, cut where it is very long. */
  static String shortened(String name) {
    String line = name.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
