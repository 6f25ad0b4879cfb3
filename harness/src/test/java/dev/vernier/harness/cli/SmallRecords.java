package dev.vernier.harness.cli;

import dev.vernier.records.Cell;
import dev.vernier.records.Given;
import dev.vernier.records.Metric;
import dev.vernier.records.RunRecord;
import java.util.List;
import java.util.Map;

/** Records of runs that say no more than a command looks at. */
final class SmallRecords {
  private SmallRecords() {}

  /** A finished cell. */
  static Cell cell(String id, String method, Given given, long seed, Map<String, Metric> metrics) {
    return new Cell(
        1,
        id,
        method,
        "vqgan",
        Map.of("loss", "l2"),
        Map.of(),
        given,
        seed,
        null,
        Cell.Status.FINISHED,
        null,
        metrics,
        List.of(),
        List.of(),
        List.of(),
        null,
        Map.of(),
        Map.of());
  }

  /** A run of some cells. */
  static RunRecord run(Map<String, Map<String, String>> protocols, List<String> cells) {
    return new RunRecord(
        1,
        "eval",
        "",
        "",
        Map.of(),
        Map.of(),
        List.of(),
        null,
        null,
        Map.of(),
        protocols,
        Map.of(),
        new RunRecord.Provenance("0", "c0ffee", Map.of(), "cpu", Map.of(), "17", "now", "then"),
        List.of(),
        List.of(),
        cells,
        List.of(),
        null,
        Map.of());
  }
}
