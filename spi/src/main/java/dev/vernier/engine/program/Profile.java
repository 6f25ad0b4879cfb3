package dev.vernier.engine.program;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Time spent in each kind of operation. */
public final class Profile {
  private final Map<String, long[]> nanosAndCalls = new LinkedHashMap<>();
  private long runs;

  /** Adds an execution. */
  public void add(String label, long nanos) {
    long[] entry = nanosAndCalls.computeIfAbsent(label, name -> new long[2]);
    entry[0] += nanos;
    entry[1]++;
  }

  /** Counts a run. */
  public void endRun() {
    runs++;
  }

  /** How many runs its numbers are means of. */
  public long runs() {
    return runs;
  }

  /**
   * The kinds of operation, the most expensive first.
   *
   * @return for each its name, calls a run and milliseconds a run
   */
  public List<Entry> entries() {
    return nanosAndCalls.entrySet().stream()
        .map(
            each ->
                new Entry(
                    each.getKey(),
                    (double) each.getValue()[1] / runs,
                    each.getValue()[0] / 1e6 / runs))
        .sorted(Comparator.comparingDouble(Entry::milliseconds).reversed())
        .toList();
  }

  /** A table for people. */
  public String table() {
    return entries().stream()
        .map(
            each ->
                String.format(
                    Locale.ROOT,
                    "%9.3f ms %6.0f x %s",
                    each.milliseconds(),
                    each.calls(),
                    each.name()))
        .collect(Collectors.joining("\n"));
  }

  /**
   * One kind of operation.
   *
   * @param name its name
   * @param calls how often a run executes it
   * @param milliseconds what it takes a run
   */
  public record Entry(String name, double calls, double milliseconds) {}
}
