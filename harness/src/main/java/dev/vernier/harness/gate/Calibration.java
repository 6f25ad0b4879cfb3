package dev.vernier.harness.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How far numbers differ between trainings by the same code: cells that differ in their seed, of
 * the run that becomes the baseline and of others. A training that only repeats another one's
 * numbers is the same training, and counts once.
 */
final class Calibration {
  /** Of fewer, the spread is hardly known. */
  private static final int ENOUGH = 5;

  private final List<Snapshot> runs;

  /**
   * A calibration.
   *
   * @param runs by the same code, that of the baseline among them
   */
  Calibration(List<Snapshot> runs) {
    this.runs = List.copyOf(runs);
  }

  /**
   * The cells with the spread of their numbers.
   *
   * @param baseline one of the runs
   * @param before an earlier baseline, whose spreads of more trainings are kept
   */
  Map<String, GateCell> calibrated(Snapshot baseline, Optional<Snapshot> before) {
    Map<String, GateCell> all = new LinkedHashMap<>();
    baseline.cells().forEach((name, cell) -> all.put(name, calibrated(cell, baseline, before)));
    return all;
  }

  /**
   * Of which trained cells too few trainings are known, and to which the runs beside the baseline's
   * add none.
   *
   * @param baseline one of the runs
   * @param calibrated its cells with the spread of their numbers
   */
  List<String> notes(Snapshot baseline, Collection<GateCell> calibrated) {
    Set<String> notes = new LinkedHashSet<>();
    for (GateCell cell : calibrated) {
      if (cell.trained()) {
        String name = baseline.names().withoutSeed(cell);
        if (runs.size() > 1 && addNothing(cell, baseline)) {
          notes.add(
              name
                  + ": --calibrate came to nothing: its runs repeat known numbers, or have none of"
                  + " this cell by these protocols");
        }
        int known = known(cell);
        if (known < ENOUGH) {
          notes.add(
              "%s: %d %s known, %d are needed: name runs of other seeds with --calibrate"
                  .formatted(name, known, known == 1 ? "training is" : "trainings are", ENOUGH));
        }
      }
    }
    return List.copyOf(notes);
  }

  private boolean addNothing(GateCell cell, Snapshot baseline) {
    Calibration alone = new Calibration(List.of(baseline));
    return known(calibrated(cell, baseline, Optional.empty()))
        == known(alone.calibrated(cell, baseline, Optional.empty()));
  }

  private static int known(GateCell cell) {
    return cell.metrics().values().stream()
        .flatMap(each -> Optional.ofNullable(each.spread()).stream())
        .mapToInt(Spread::trainings)
        .max()
        .orElse(1);
  }

  private GateCell calibrated(GateCell cell, Snapshot baseline, Optional<Snapshot> before) {
    if (!cell.trained()) {
      return cell;
    }
    List<GateCell> trainings = distinct(trainings(cell, baseline));
    List<GateCell> earlier = before.map(each -> alike(cell, baseline, each)).orElse(List.of());
    Map<String, Measured> metrics = new TreeMap<>();
    cell.metrics()
        .forEach(
            (key, number) -> {
              Optional<Spread> now = spread(key, number, trainings);
              Optional<Spread> then =
                  earlier.stream()
                      .flatMap(each -> Optional.ofNullable(each.metrics().get(key)).stream())
                      .filter(each -> each.protocol().equals(number.protocol()))
                      .flatMap(each -> Optional.ofNullable(each.spread()).stream())
                      .findFirst();
              metrics.put(key, number.with(larger(now, then)));
            });
    return cell.with(metrics);
  }

  private static Spread larger(Optional<Spread> now, Optional<Spread> then) {
    int trainings = now.map(Spread::trainings).orElse(0);
    return then.filter(each -> each.trainings() > trainings).or(() -> now).orElse(null);
  }

  private static List<GateCell> alike(GateCell cell, Snapshot from, Snapshot other) {
    return other.names().trainings(cell, from.names());
  }

  private List<GateCell> trainings(GateCell cell, Snapshot baseline) {
    return runs.stream().flatMap(run -> alike(cell, baseline, run).stream()).toList();
  }

  private static List<GateCell> distinct(List<GateCell> all) {
    List<GateCell> distinct = new ArrayList<>();
    for (GateCell each : all) {
      if (!each.metrics().isEmpty() && distinct.stream().noneMatch(other -> other.repeats(each))) {
        distinct.add(each);
      }
    }
    return distinct;
  }

  private static Optional<Spread> spread(String key, Measured number, List<GateCell> trainings) {
    double[] values =
        trainings.stream()
            .map(each -> each.metrics().get(key))
            .filter(each -> each != null && each.protocol().equals(number.protocol()))
            .mapToDouble(Measured::value)
            .toArray();
    return values.length < 2
        ? Optional.empty()
        : Optional.of(new Spread(Math.sqrt(StatUtils.variance(values)), values.length));
  }
}
