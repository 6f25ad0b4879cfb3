package dev.vernier.reports.tables;

import dev.vernier.records.Metric;
import dev.vernier.records.Metric.Better;
import dev.vernier.reports.comparison.Estimate;
import dev.vernier.reports.text.NumberText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A column of a table.
 *
 * @param name what files call it
 * @param heading what people read above it
 * @param format how its entries are shown
 * @param source what its numbers were computed by; {@link Source#NONE} where nothing was
 * @param better which direction is better
 * @param entries one a row
 * @param marks which rows stand out
 */
public record Column(
    String name,
    String heading,
    Format format,
    Source source,
    Better better,
    List<Entry> entries,
    Marks marks) {
  /** What stands between the numbers of one entry. */
  static final String SEPARATOR = " / ";

  /** Copies the list. */
  public Column {
    entries = List.copyOf(entries);
  }

  /** A column that nothing was measured for. */
  public static Column described(String name, String heading, Format format, List<Entry> entries) {
    return new Column(name, heading, format, Source.NONE, Better.NEITHER, entries, Marks.NONE);
  }

  /** How entries are shown. */
  public enum Format {
    /** Words, which begin at the left. */
    TEXT,
    /** Numbers, which end at the right. */
    NUMBER,
    /** Shares in [0, 1], which people read as percentages. */
    PERCENT;

    private static final double PERCENT_FACTOR = 100;

    /** A number as people read it. */
    Estimate shown(Estimate number) {
      return this == PERCENT ? number.times(PERCENT_FACTOR) : number;
    }
  }

  /**
   * What computed numbers.
   *
   * @param protocol fingerprint of how
   * @param samples how many samples they rest on, as text
   */
  public record Source(String protocol, String samples) {
    /** That of numbers without a protocol. */
    public static final Source NONE = new Source("", "");
  }

  /**
   * Rows that stand out.
   *
   * @param best the row of the best number, where it is separated from all others
   * @param second the row of the second best, where it is separated from all but the best
   */
  public record Marks(OptionalInt best, OptionalInt second) {
    /** No row stands out. */
    public static final Marks NONE = new Marks(OptionalInt.empty(), OptionalInt.empty());

    boolean isBest(int row) {
      return best.isPresent() && best.getAsInt() == row;
    }

    boolean isSecond(int row) {
      return second.isPresent() && second.getAsInt() == row;
    }
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

    /** Something that people read otherwise than programs. */
    public static Entry text(String text, String raw) {
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

  /**
   * What people read in a row, in plain text that formats escape.
   *
   * @param values the numbers, or the words where there are none
   * @param interval of a number that is alone; those of several would fill the page
   */
  record Shown(List<String> values, String interval) {
    /** All values. */
    String text() {
      return String.join(SEPARATOR, values);
    }
  }

  /** What people read, row by row. */
  List<Shown> shown() {
    int decimals = decimals();
    return entries.stream().map(entry -> shown(entry, decimals)).toList();
  }

  private Shown shown(Entry entry, int decimals) {
    if (entry.numbers().isEmpty()) {
      return new Shown(List.of(entry.text()), "");
    }
    List<Estimate> numbers = entry.numbers().stream().map(format::shown).toList();
    return new Shown(
        numbers.stream().map(each -> NumberText.of(each.value(), decimals)).toList(),
        numbers.size() == 1 ? NumberText.of(numbers.get(0).interval(), decimals) : "");
  }

  Column withEntries(List<Entry> others) {
    return new Column(name, heading, format, source, better, others, marks);
  }

  Column withMarks(Marks others) {
    return new Column(name, heading, format, source, better, entries, others);
  }

  /** What selects it: its name, whichever protocol it is of. */
  String key() {
    return name.replaceFirst("@[0-9a-f]+", "");
  }

  /** Whether it tells which row is which. */
  boolean namesRows() {
    return name.equals(MetricColumns.METHOD) || name.equals(MetricColumns.SIZE);
  }

  /** Whether its heading has an arrow, or the mark of a footnote. */
  boolean hasSigns() {
    return better != Better.NEITHER || !source.equals(Source.NONE);
  }

  /** Whether it holds words. */
  public boolean isText() {
    return format == Format.TEXT;
  }

  /** Whether it holds measured numbers. */
  public boolean numeric() {
    return width() > 0;
  }

  /** Whether it has nothing to show in any row. */
  boolean isEmpty() {
    return entries.stream().allMatch(each -> each.numbers().isEmpty() && each.text().isEmpty());
  }

  /** The most numbers in one entry. */
  public int width() {
    return entries.stream().mapToInt(entry -> entry.numbers().size()).max().orElse(0);
  }

  /** Whether its numbers were measured against a floor. */
  public boolean hasFloor() {
    return entries.stream().anyMatch(entry -> entry.belowFloor().isPresent());
  }

  /**
   * Digits after the point, the same for the whole column so that its numbers line up: four
   * significant ones of the largest number, and enough for the narrowest interval that is shown.
   */
  private int decimals() {
    double largest =
        entries.stream()
            .flatMap(entry -> entry.numbers().stream())
            .map(format::shown)
            .mapToDouble(number -> Math.abs(number.value()))
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    double narrowest =
        entries.stream()
            .map(Entry::numbers)
            .filter(numbers -> numbers.size() == 1)
            .flatMap(numbers -> format.shown(numbers.get(0)).interval().stream())
            .mapToDouble(Metric.Interval::reach)
            .filter(reach -> reach > 0)
            .min()
            .orElse(0);
    return NumberText.decimals(largest, narrowest);
  }
}
