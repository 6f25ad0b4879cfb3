package dev.vernier.reports.tables;

import dev.vernier.records.Metric.Better;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.text.NumberText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A column of a table.
 *
 * @param name what files call it
 * @param heading what people read above it
 * @param protocol fingerprint of how its numbers were computed; empty where there is none
 * @param samples how many samples they rest on, as text; empty where that is not counted
 * @param better which direction is better
 * @param entries one a row
 */
public record Column(
    String name,
    String heading,
    String protocol,
    String samples,
    Better better,
    List<Entry> entries) {
  /** Copies the list. */
  public Column {
    entries = List.copyOf(entries);
  }

  /**
   * What stands in one row.
   *
   * @param text what people read where there are no numbers
   * @param raw what programs read where there are no numbers
   * @param numbers none, one, or one a sub-codebook
   * @param belowFloor whether the numbers are below the run's floor; empty where there are none, or
   *     nothing to measure them against
   */
  public record Entry(
      String text, String raw, List<Estimate> numbers, Optional<Boolean> belowFloor) {
    /** Copies the list. */
    public Entry {
      numbers = List.copyOf(numbers);
    }

    /** The same for people and programs. */
    public static Entry text(String text) {
      return text(text, text);
    }

    static Entry text(String text, String raw) {
      return new Entry(text, raw, List.of(), Optional.empty());
    }

    static Entry numbers(List<Estimate> numbers) {
      return new Entry("", "", numbers, Optional.empty());
    }

    /** The same, after its numbers were measured against the floor. */
    Entry measured(boolean below) {
      return numbers.isEmpty() ? this : new Entry(text, raw, numbers, Optional.of(below));
    }

    /** Whether its numbers are known to be below the floor. */
    boolean isBelowFloor() {
      return belowFloor.orElse(false);
    }
  }

  Column withEntries(List<Entry> others) {
    return new Column(name, heading, protocol, samples, better, others);
  }

  /** Whether it holds numbers. */
  public boolean numeric() {
    return width() > 0;
  }

  /** The most numbers in one entry. */
  public int width() {
    return entries.stream().mapToInt(entry -> entry.numbers().size()).max().orElse(0);
  }

  /** Whether its numbers were measured against a floor. */
  public boolean hasFloor() {
    return entries.stream().anyMatch(entry -> entry.belowFloor().isPresent());
  }

  /** Digits after the point, the same for the whole column so that its numbers line up. */
  public int decimals() {
    double largest =
        entries.stream()
            .flatMap(entry -> entry.numbers().stream())
            .mapToDouble(number -> Math.abs(number.value()))
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    return NumberText.decimals(largest);
  }

  /**
   * The rows that hold the best number, equal ones included; what is below the floor is never among
   * them. None where neither direction is better, where fewer than two rows have a number, or where
   * an entry holds several.
   */
  public Set<Integer> best() {
    List<Integer> filled =
        IntStream.range(0, entries.size())
            .filter(i -> entries.get(i).numbers().size() == 1)
            .boxed()
            .toList();
    if (better == Better.NEITHER || filled.size() < 2 || width() > 1) {
      return Set.of();
    }
    double sign = better == Better.HIGHER ? 1 : -1;
    List<Integer> able = filled.stream().filter(i -> !entries.get(i).isBelowFloor()).toList();
    double best =
        able.stream().mapToDouble(i -> sign * value(i)).max().orElse(Double.NEGATIVE_INFINITY);
    return able.stream().filter(i -> sign * value(i) == best).collect(Collectors.toSet());
  }

  private double value(int row) {
    return entries.get(row).numbers().get(0).value();
  }
}
