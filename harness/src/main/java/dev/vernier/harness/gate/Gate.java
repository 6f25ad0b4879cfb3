package dev.vernier.harness.gate;

import dev.vernier.records.Metric.Better;
import dev.vernier.records.MetricKind;
import dev.vernier.reports.comparison.ProtocolDifference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds the numbers of a run against a baseline. Cells that differ in their seeds alone are judged
 * by the mean over the seeds that both sides have, since a single training says little.
 */
final class Gate {
  private final Baseline baseline;
  private final Snapshot before;
  private final Snapshot run;
  private final List<Matched> matched = new ArrayList<>();
  private final List<Comparison> untested = new ArrayList<>();
  private final List<Trial> trials = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();

  private Gate(Baseline baseline, Snapshot before, Snapshot run) {
    this.baseline = baseline;
    this.before = before;
    this.run = run;
  }

  /**
   * The comparison.
   *
   * @param before the baseline's numbers
   */
  static GateResult judge(Baseline baseline, Snapshot before, Snapshot run) {
    Gate gate = new Gate(baseline, before, run);
    gate.match();
    gate.groups().values().forEach(gate::compare);
    return gate.result();
  }

  /** A cell of the baseline with the one of the run, under their names. */
  private record Matched(String name, GateCell cell, String nowName, GateCell now) {}

  private void match() {
    CellNames names = before.names();
    CellNames nowNames = run.names();
    Set<GateCell> known = new LinkedHashSet<>();
    Map<String, String> missing = new LinkedHashMap<>();
    before
        .cells()
        .forEach(
            (name, cell) -> {
              List<GateCell> alike = nowNames.alike(cell, names);
              known.addAll(alike);
              if (alike.size() == 1 && alike.get(0).error() == null) {
                GateCell now = alike.get(0);
                matched.add(new Matched(name, cell, nowNames.of(now), now));
                noteSettings(names.withoutSeed(cell), cell, now);
              } else {
                if (alike.isEmpty()) {
                  missing.put(name, cell.method());
                }
                unmatched(name, cell, alike);
              }
            });
    noteMissing(missing);
    run.cells()
        .forEach(
            (name, cell) -> {
              if (!known.contains(cell)) {
                cell.metrics()
                    .forEach(
                        (key, number) -> added(name, key, number, "a cell the baseline lacks"));
              }
            });
  }

  private void unmatched(String name, GateCell cell, List<GateCell> alike) {
    String reason =
        alike.isEmpty()
            ? "the run has no such cell"
            : alike.size() > 1
                ? alike.size() + " cells of the run match"
                : "the cell failed: " + alike.get(0).error();
    Verdict verdict = alike.size() > 1 ? Verdict.NOT_COMPARABLE : Verdict.MISSING;
    cell.metrics()
        .forEach(
            (key, number) ->
                untested.add(
                    Comparison.untested(
                        name,
                        number.label(),
                        better(key),
                        Optional.of(number),
                        Optional.empty(),
                        judged(key) ? verdict : Verdict.REPORTED,
                        reason)));
  }

  /**
   * Notes the cells that the run lacks, with those that it has, the same methods first.
   *
   * @param missing methods by name of the cell
   */
  private void noteMissing(Map<String, String> missing) {
    if (missing.isEmpty()) {
      return;
    }
    List<String> present =
        run.cells().entrySet().stream()
            .sorted(Comparator.comparing(each -> !missing.containsValue(each.getValue().method())))
            .map(Map.Entry::getKey)
            .toList();
    notes.add(
        GateTable.some(List.copyOf(missing.keySet()))
            + (missing.size() == 1 ? " is" : " are")
            + " not in the run, which has "
            + (present.isEmpty() ? "no cells with results" : GateTable.some(present)));
  }

  private void noteSettings(String name, GateCell cell, GateCell now) {
    String others =
        cell.settings().entrySet().stream()
            .filter(each -> now.settings().containsKey(each.getKey()))
            .filter(each -> !each.getValue().equals(now.settings().get(each.getKey())))
            .map(
                each ->
                    each.getKey()
                        + " "
                        + now.settings().get(each.getKey())
                        + ", was "
                        + each.getValue())
            .collect(Collectors.joining("; "));
    if (!others.isEmpty()) {
      notes.add(name + ": settings differ from the baseline's: " + others);
    }
  }

  private void added(String cell, String key, Measured number, String reason) {
    untested.add(
        Comparison.untested(
            cell,
            number.label(),
            better(key),
            Optional.empty(),
            Optional.of(number),
            Verdict.REPORTED,
            "new: " + reason));
  }

  /** Cells that differ in their seeds alone, by the name that they share. */
  private Map<String, List<Matched>> groups() {
    CellNames names = before.names();
    return matched.stream()
        .collect(
            Collectors.groupingBy(
                each -> names.withoutSeed(each.cell()), LinkedHashMap::new, Collectors.toList()));
  }

  private void compare(List<Matched> group) {
    Set<String> keys = new TreeSet<>();
    group.forEach(each -> keys.addAll(each.cell().metrics().keySet()));
    group.forEach(each -> keys.addAll(each.now().metrics().keySet()));
    for (String key : keys) {
      List<Matched> comparable = group.stream().filter(each -> comparable(each, key)).toList();
      if (!comparable.isEmpty()) {
        compare(comparable, key);
      }
    }
  }

  /** Whether both have a number by one protocol, and it is judged; what is not is reported. */
  private boolean comparable(Matched cells, String key) {
    Measured one = cells.cell().metrics().get(key);
    Measured other = cells.now().metrics().get(key);
    if (one == null) {
      if (other != null) {
        added(cells.name(), key, other, "a metric the baseline lacks");
      }
      return false;
    }
    if (other == null) {
      report(cells, key, judged(key) ? Verdict.MISSING : Verdict.REPORTED, missing(cells, key));
      return false;
    }
    if (!one.protocol().equals(other.protocol())) {
      Verdict verdict = judged(key) ? Verdict.NOT_COMPARABLE : Verdict.REPORTED;
      report(cells, key, verdict, "another protocol: " + difference(one, other));
      return false;
    }
    if (!judged(key)) {
      String reason =
          better(key) == Better.NEITHER ? "neither direction is better" : "no tolerance";
      report(cells, key, Verdict.REPORTED, reason);
      return false;
    }
    return true;
  }

  private static String missing(Matched cells, String key) {
    return "the run has no such number"
        + Optional.ofNullable(cells.now().missing().get(key)).map(why -> ": " + why).orElse("");
  }

  private void report(Matched cells, String key, Verdict verdict, String reason) {
    Optional<Measured> one = Optional.ofNullable(cells.cell().metrics().get(key));
    Optional<Measured> other = Optional.ofNullable(cells.now().metrics().get(key));
    String label = one.or(() -> other).orElseThrow().label();
    untested.add(
        Comparison.untested(cells.name(), label, better(key), one, other, verdict, reason));
  }

  /** Which parts of two protocols differ. */
  private String difference(Measured one, Measured other) {
    Map<String, String> was = before.protocols().getOrDefault(one.protocol(), Map.of());
    Map<String, String> is = run.protocols().getOrDefault(other.protocol(), Map.of());
    String words =
        ProtocolDifference.between(is, was).stream()
            .map(each -> each.part() + " " + said(each.one()) + ", was " + said(each.other()))
            .collect(Collectors.joining("; "));
    return words.isEmpty() ? other.protocol() + ", was " + one.protocol() : words;
  }

  /** Twelve digits tell hashes apart. */
  private static String said(String part) {
    return part.isEmpty() ? "not said" : part.replaceAll("([0-9a-f]{12})[0-9a-f]{20,}", "$1");
  }

  private void compare(List<Matched> group, String key) {
    List<Pair> pairs = group.stream().map(each -> pair(each, key)).toList();
    pairs.forEach(each -> each.unequal().ifPresent(notes::add));
    GateCell first = group.get(0).cell();
    String name = group.get(0).name();
    if (group.size() > 1) {
      group.forEach(each -> report(each, key, Verdict.REPORTED, "judged in the mean of its seeds"));
      name =
          before.names().withoutSeed(first)
              + ", mean of seeds "
              + group.stream()
                  .map(each -> String.valueOf(each.cell().seed()))
                  .collect(Collectors.joining(", "));
    }
    trials.add(
        new Trial(
            name,
            pairs.get(0).now().label(),
            better(key),
            baseline.tolerances().get(key),
            pairs,
            first.trained()));
  }

  private Pair pair(Matched cells, String key) {
    return new Pair(
        cells.cell().metrics().get(key),
        cells.now().metrics().get(key),
        before.scores(cells.name(), key),
        run.scores(cells.nowName(), key));
  }

  private boolean judged(String key) {
    return baseline.tolerances().containsKey(key);
  }

  private static Better better(String key) {
    return MetricKind.of(key).map(MetricKind::better).orElse(Better.NEITHER);
  }

  private GateResult result() {
    Level level = Level.ofFamily(baseline.falseAlarmRate(), trials.size());
    List<Comparison> all = new ArrayList<>();
    trials.forEach(each -> all.add(each.judge(level)));
    trials.forEach(each -> each.raised().ifPresent(notes::add));
    all.addAll(untested);
    Map<String, List<Comparison>> byCell = new TreeMap<>();
    all.forEach(each -> byCell.computeIfAbsent(each.cell(), name -> new ArrayList<>()).add(each));
    return new GateResult(
        byCell.values().stream().flatMap(List::stream).toList(),
        trials.size(),
        baseline.falseAlarmRate(),
        List.copyOf(notes));
  }
}
