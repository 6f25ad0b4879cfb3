package dev.vernier.reports.significance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction (1979) of p values that belong together: whatever is below 0.05
 * afterwards is wrong in at most 5% of all such families.
 */
public final class Holm {
  private Holm() {}

  /** The corrected p values, in the order of the given ones; absent ones count for nothing. */
  public static List<Optional<Double>> correct(List<Optional<Double>> p) {
    double[] corrected = corrected(p.stream().flatMap(Optional::stream).toList());
    List<Optional<Double>> all = new ArrayList<>();
    int next = 0;
    for (Optional<Double> each : p) {
      all.add(each.isPresent() ? Optional.of(corrected[next++]) : each);
    }
    return all;
  }

  private static double[] corrected(List<Double> p) {
    int[] ascending =
        IntStream.range(0, p.size())
            .boxed()
            .sorted(Comparator.comparing(p::get))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] corrected = new double[p.size()];
    double largest = 0;
    for (int rank = 0; rank < ascending.length; rank++) {
      largest = Math.max(largest, Math.min(1, (p.size() - rank) * p.get(ascending[rank])));
      corrected[ascending[rank]] = largest;
    }
    return corrected;
  }
}
