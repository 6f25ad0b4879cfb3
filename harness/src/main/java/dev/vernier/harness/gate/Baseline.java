package dev.vernier.harness.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vernier.records.MetricKind;
import dev.vernier.records.RunRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What runs are held against, as its file has it.
 *
 * @param schemaVersion of the file
 * @param falseAlarmRate the share of all gates in which any test fails though nothing got worse by
 *     more than its tolerance, at most
 * @param source what it was measured by
 * @param tolerances by key of the metric; a metric without one is not judged
 * @param cells by name
 * @param protocols by fingerprint
 * @param scores SHA-256 of the file beside with the numbers over images
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Baseline(
    @JsonProperty(required = true) int schemaVersion,
    @JsonProperty(required = true) double falseAlarmRate,
    Source source,
    Map<String, Tolerance> tolerances,
    Map<String, GateCell> cells,
    Map<String, Map<String, String>> protocols,
    String scores) {
  static final int SCHEMA_VERSION = 1;

  /** One false alarm in a hundred gates: a red build is worth a look. */
  static final double RATE = 0.01;

  /** Each further metric makes all others harder to judge. */
  private static final List<MetricKind> JUDGED =
      List.of(
          MetricKind.RFID,
          MetricKind.GFID,
          MetricKind.PSNR,
          MetricKind.SSIM,
          MetricKind.LPIPS,
          MetricKind.USAGE,
          MetricKind.NLL_BITS_PER_POSITION);

  /** Sorts by name. */
  Baseline {
    tolerances = GateCell.sorted(tolerances);
    cells = GateCell.sorted(cells);
    protocols = GateCell.sorted(protocols);
  }

  /**
   * What measured it.
   *
   * @param experiment name of the experiment
   * @param dataset as the user gave it
   * @param version of Vernier
   * @param commit of its source
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Source(String experiment, String dataset, String version, String commit) {
    static Source of(RunRecord record) {
      return new Source(
          record.experiment(),
          record.dataset() == null ? null : record.dataset().name(),
          record.provenance().version(),
          record.provenance().commit());
    }
  }

  /**
   * A baseline of a run. Rate and tolerances of an earlier one are kept as they are.
   *
   * @param run with the spread of its numbers
   */
  static Baseline of(Source source, Snapshot run, Optional<Baseline> before) {
    return new Baseline(
        SCHEMA_VERSION,
        before.map(Baseline::falseAlarmRate).orElse(RATE),
        source,
        before.map(Baseline::tolerances).orElseGet(() -> tolerances(run)),
        run.cells(),
        protocols(run),
        null);
  }

  /** Those of the metrics that papers compare by, where their noise is known. */
  private static Map<String, Tolerance> tolerances(Snapshot run) {
    Map<String, Tolerance> all = new TreeMap<>();
    for (GateCell cell : run.cells().values()) {
      for (MetricKind kind : JUDGED) {
        Measured number = cell.metrics().get(kind.key());
        if (number != null && number.noiseIsKnown()) {
          all.put(kind.key(), Tolerance.byDefault(kind));
        }
      }
    }
    return all;
  }

  private static Map<String, Map<String, String>> protocols(Snapshot run) {
    Set<String> used =
        run.cells().values().stream()
            .flatMap(cell -> cell.metrics().values().stream())
            .map(Measured::protocol)
            .collect(Collectors.toCollection(TreeSet::new));
    Map<String, Map<String, String>> all = new TreeMap<>(run.protocols());
    all.keySet().retainAll(used);
    return all;
  }

  /** Its numbers alone. */
  Snapshot numbers() {
    return new Snapshot(cells, protocols, Map.of());
  }

  Baseline withScores(String hash) {
    return new Baseline(schemaVersion, falseAlarmRate, source, tolerances, cells, protocols, hash);
  }
}
