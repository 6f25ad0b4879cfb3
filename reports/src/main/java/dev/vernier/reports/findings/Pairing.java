package dev.vernier.reports.findings;

import dev.vernier.records.Cell;
import dev.vernier.records.Finding;
import dev.vernier.records.Finding.Place;
import dev.vernier.records.Run;
import dev.vernier.reports.comparison.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the rows that a check compares. */
final class Pairing {
  private final List<Row> rows;
  private final List<Run> runs;

  /**
   * Pairs of some rows.
   *
   * @param runs the runs they were made of
   */
  Pairing(List<Row> rows, List<Run> runs) {
    this.rows = rows;
    this.runs = runs;
  }

  /**
   * Two sides of a comparison.
   *
   * @param row what the claim is of
   * @param other what it is compared with; empty for a number
   */
  record Pair(Row row, Optional<Row> other) {}

  /** There is no such row; the message says which. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
      super(message);
    }
  }

  /**
   * The pairs of a check, at least one.
   *
   * @throws Missing if rows that it takes are not there, or their cells are not all measured
   */
  List<Pair> of(Finding.Check check) throws Missing {
    List<Pair> pairs = new ArrayList<>();
    for (Row row : at(check.at(), check.method())) {
      if (check.bound().isPresent()) {
        pairs.add(new Pair(row, Optional.empty()));
      } else {
        other(check, row).ifPresent(other -> pairs.add(new Pair(row, Optional.of(other))));
      }
    }
    if (pairs.isEmpty()) {
      throw new Missing(check.method() + " and " + check.other() + " have no size in common");
    }
    return pairs;
  }

  private Optional<Row> other(Finding.Check check, Row row) throws Missing {
    if (check.otherAt() == null) {
      return ascending(check.other()).stream()
          .filter(row::sizedLike)
          .min(Comparator.comparingLong(other -> Math.abs(other.size() - row.size())));
    }
    Row other = at(check.otherAt(), check.other()).get(0);
    if (other.equals(row)) {
      throw new Missing("another size of " + check.method());
    }
    return Optional.of(other);
  }

  private List<Row> at(Place place, String method) throws Missing {
    List<Row> sizes = ascending(method);
    int last = sizes.size() - 1;
    return switch (place) {
      case EVERY_SIZE -> sizes;
      case SMALLEST -> List.of(sizes.get(0));
      case LARGEST -> List.of(sizes.get(last));
      case BEFORE_LARGEST -> {
        if (last == 0) {
          throw new Missing("another size of " + method);
        }
        yield List.of(sizes.get(last - 1));
      }
    };
  }

  private List<Row> ascending(String method) throws Missing {
    List<Row> sizes =
        rows.stream()
            .filter(row -> row.method().equals(method) && row.spec().isPresent())
            .sorted(Comparator.comparingLong(Row::size))
            .toList();
    if (sizes.isEmpty()) {
      boolean measured = rows.stream().anyMatch(row -> row.method().equals(method));
      throw new Missing((measured ? "the codebook size of " : "a finished cell of ") + method);
    }
    for (Run run : runs) {
      refuseGaps(run, method);
    }
    for (int i = 1; i < sizes.size(); i++) {
      if (sizes.get(i).size() == sizes.get(i - 1).size()) {
        throw new Missing("one row of " + method + " with " + sizes.get(i).size() + " codes");
      }
    }
    return sizes;
  }

  /**
   * A size without any measured cell would go unnoticed; and seeds at which a method fails may be
   * those at which it does worst.
   */
  private static void refuseGaps(Run run, String method) throws Missing {
    if (run.cells().size() < run.record().cells().size()) {
      throw new Missing("cells that are not done yet");
    }
    for (Cell cell : run.cells()) {
      if (cell.status() == Cell.Status.FAILED && method.equals(cell.method())) {
        throw new Missing("failed cell " + cell.id() + " of " + method);
      }
    }
  }
}
