package dev.vernier.harness.gate;

import dev.vernier.records.MetricKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Numbers of cells made by hand, and baselines of them. */
final class Numbers {
  static final String PROTOCOL = "0a1b2c3d4e";
  private final Map<String, GateCell> cells = new LinkedHashMap<>();
  private final Map<String, Map<String, Scores>> scores = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> protocols =
      new TreeMap<>(Map.of(PROTOCOL, Map.of("images", "100")));

  static Measured measured(double value) {
    return new Measured("PSNR", value, null, null, 100, PROTOCOL, null, null);
  }

  static GateCell cell(String method, Long seed, Map<String, String> settings) {
    return new GateCell(method, seed, settings, Map.of(), Map.of(), null);
  }

  static String psnr() {
    return MetricKind.PSNR.key();
  }

  /** Adds a cell with metrics whose noise nothing says. */
  Numbers with(GateCell cell, Map<String, Measured> metrics) {
    cells.put(name(cell), cell.with(metrics));
    return this;
  }

  /** Adds a cell with the PSNR of each image. */
  Numbers with(GateCell cell, double... images) {
    return with(cell, null, images);
  }

  /** Adds a cell with the PSNR of each image, and its spread between trainings. */
  Numbers with(GateCell cell, Spread spread, double... images) {
    List<String> names = IntStream.range(0, images.length).mapToObj(i -> "val/" + i).toList();
    Scores each = Scores.of(names, images);
    double mean = Arrays.stream(images).average().orElseThrow();
    Measured measured =
        new Measured(
            "PSNR", mean, mean - 1, mean + 1, images.length, PROTOCOL, each.basis(), spread);
    cells.put(name(cell), cell.with(Map.of(psnr(), measured)));
    scores.put(name(cell), Map.of(psnr(), each));
    return this;
  }

  /** Adds a cell with its PSNR on resampled images. */
  Numbers resampled(GateCell cell, double... resamples) {
    double mean = Arrays.stream(resamples).average().orElseThrow();
    Scores each = new Scores(new Scores.Basis(null, resamples.length, 95L), 100, resamples);
    Measured measured =
        new Measured("PSNR", mean, mean - 1, mean + 1, 100, PROTOCOL, each.basis(), null);
    cells.put(name(cell), cell.with(Map.of(psnr(), measured)));
    scores.put(name(cell), Map.of(psnr(), each));
    return this;
  }

  Numbers protocol(String fingerprint, Map<String, String> parts) {
    protocols.put(fingerprint, parts);
    return this;
  }

  private static String name(GateCell cell) {
    return cell.method() + cell.settings() + (cell.seed() == null ? "" : cell.seed());
  }

  Snapshot snapshot() {
    CellNames names = new CellNames(cells.values());
    Map<String, GateCell> named = new LinkedHashMap<>();
    Map<String, Map<String, Scores>> namedScores = new LinkedHashMap<>();
    cells.forEach(
        (name, cell) -> {
          named.put(names.of(cell), cell);
          namedScores.put(names.of(cell), scores.getOrDefault(name, Map.of()));
        });
    return new Snapshot(named, protocols, namedScores);
  }

  static Baseline baseline(Snapshot numbers, double rate, Map<String, Tolerance> tolerances) {
    return new Baseline(
        Baseline.SCHEMA_VERSION,
        rate,
        null,
        tolerances,
        numbers.cells(),
        numbers.protocols(),
        null);
  }

  /** Judges PSNR with an absolute tolerance. */
  static GateResult judge(Snapshot before, Snapshot run, double tolerance) {
    return judge(before, run, tolerance, 0.01);
  }

  static GateResult judge(Snapshot before, Snapshot run, double tolerance, double rate) {
    Map<String, Tolerance> tolerances = Map.of(psnr(), Tolerance.absolute(tolerance));
    return Gate.judge(baseline(before, rate, tolerances), before, run);
  }

  /** The one comparison that was judged. */
  static Comparison judged(GateResult result) {
    List<Comparison> judged =
        result.comparisons().stream().filter(each -> each.verdict() != Verdict.REPORTED).toList();
    return Optional.of(judged).filter(all -> all.size() == 1).orElseThrow().get(0);
  }

  static double[] normal(RandomGenerator random, int count, double mean, double deviation) {
    return IntStream.range(0, count)
        .mapToDouble(i -> mean + deviation * random.nextGaussian())
        .toArray();
  }

  static double[] plus(double[] numbers, double... others) {
    return IntStream.range(0, numbers.length)
        .mapToDouble(i -> numbers[i] + others[i % others.length])
        .toArray();
  }
}
