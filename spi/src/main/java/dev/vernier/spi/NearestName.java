package dev.vernier.spi;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the name that a mistyped one was probably meant to be, by Levenshtein distance. */
public final class NearestName {
  private NearestName() {}

  /** One line for a name that does not exist: the nearest one, and all there are. */
  public static String unknown(String kind, String name, Collection<String> known) {
    String hint = of(name, known).map(near -> "; did you mean '" + near + "'?").orElse(".");
    String all = known.stream().sorted().collect(Collectors.joining(", "));
    return "there is no "
        + kind
        + " '"
        + name
        + "'"
        + hint
        + " Available: "
        + (all.isEmpty() ? "none" : all);
  }

  /** The nearest known name, if one is near enough to be a slip of the fingers. */
  public static Optional<String> of(String name, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt((String each) -> distance(name, each))
                .thenComparing(Comparator.naturalOrder()))
        .filter(near -> distance(name, near) <= Math.max(2, name.length() / 3));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
