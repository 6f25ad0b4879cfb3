package dev.vernier.reports.comparison;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says of rows that hold seeds of several runs that they do. A test counts on seeds that were fixed
 * before a run. Who looks at a verdict and adds seeds until it pleases finds a difference in more
 * of the cases where there is none than the 5% that a test allows for.
 */
public final class Pooling {
  private Pooling() {}

  /** The words for some rows; empty where each is of one run. */
  public static Optional<String> words(List<Row> rows) {
    String pooled =
        rows.stream()
            .filter(row -> row.runs().size() > 1)
            .map(
                row ->
                    "seeds %s of runs %s"
                        .formatted(
                            joined(row.cells().stream().map(cell -> cell.seed()).sorted().toList()),
                            joined(row.runs())))
            .distinct()
            .collect(Collectors.joining("; "));
    return pooled.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Pooled over several runs: "
                + pooled
                + ". Seeds should be fixed before a run; if some were added after seeing others, tests"
                + " err more often than stated.");
  }

  private static String joined(List<?> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
