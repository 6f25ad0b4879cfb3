package dev.vernier.harness.evaluation;

import java.util.Comparator;

/** The order in which people number files: digits count by their value, so 9 is before 10. */
enum NaturalOrder implements Comparator<String> {
  /** The only one. */
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endOfA = numberEnd(a, i);
      int endOfB = numberEnd(b, j);
      boolean numbers = endOfA > i && endOfB > j;
      int order =
          numbers
              ? compareNumbers(a.substring(i, endOfA), b.substring(j, endOfB))
              : Character.compare(a.charAt(i), b.charAt(j));
      if (order != 0) {
        return order;
      }
      i = numbers ? endOfA : i + 1;
      j = numbers ? endOfB : j + 1;
    }
    int rest = Integer.compare(a.length() - i, b.length() - j);
    // 7 and 07 are two names of one value.
    return rest == 0 ? a.compareTo(b) : rest;
  }

  private static int numberEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** Of any length: names hold hashes and dates that no number type does. */
  private static int compareNumbers(String a, String b) {
    String left = a.replaceFirst("^0+", "");
    String right = b.replaceFirst("^0+", "");
    int byLength = Integer.compare(left.length(), right.length());
    return byLength == 0 ? left.compareTo(right) : byLength;
  }
}
