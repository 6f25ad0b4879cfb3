package dev.vernier.harness.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TuningChoiceTest {
  private static final Map<String, List<String>> GRID =
      Map.of("rate", List.of("1", "2"), "own", List.of("a", "b"));

  private final List<Cell> cells = new ArrayList<>();

  private static Experiment.Method method(String name) {
    return new Experiment.Method(
        name, "plugin", null, null, null, Map.of(), GRID, Map.of(), Map.of());
  }

  private static Experiment experiment() {
    return new Experiment(
        "tune",
        "Search",
        Map.of(),
        Map.of(),
        List.of(method("A"), method("B")),
        null,
        List.of(),
        new Tuning("rfid", List.of("rate")),
        null);
  }

  /** A candidate at the seeds 101, 102 and so on; a number of 0 stands for a cell that failed. */
  private void measured(String method, String rate, String own, double... rfid) {
    for (int i = 0; i < rfid.length; i++) {
      Metric metric =
          new Metric("rFID", rfid[i], null, null, 100, Metric.Better.LOWER, "0123456789");
      boolean failed = rfid[i] == 0;
      cells.add(
          new Cell(
              1,
              method + rate + own + i,
              method,
              "plugin",
              Map.of("rate", rate, "own", own, "other", "x"),
              Map.of(),
              null,
              101 + i,
              null,
              failed ? Cell.Status.FAILED : Cell.Status.FINISHED,
              failed ? "diverged" : null,
              failed ? Map.of() : Map.of("rfid", metric),
              List.of(),
              List.of(),
              List.of(),
              null,
              Map.of(),
              Map.of()));
    }
  }

  private Run run() {
    RunRecord.Provenance now =
        new RunRecord.Provenance(
            "1", "abc", Map.of(), "cpu", Map.of(), "17", "2026-01-01T00:00:00Z", null);
    RunRecord record =
        new RunRecord(
            1,
            "tune",
            "Search",
            "standard",
            Map.of(),
            Map.of(),
            List.of(101L, 102L),
            new RunRecord.Dataset(
                "data", "d5", dev.vernier.spi.ImageSize.square(8), 10, 5, 2, List.of()),
            null,
            Map.of(),
            Map.of(),
            Map.of(),
            now,
            List.of(),
            List.of(),
            cells.stream().map(Cell::id).toList(),
            List.of(),
            null,
            Map.of());
    return new Run(Path.of("."), record, cells);
  }

  private TuningChoice choice() {
    return TuningChoice.of(run(), experiment());
  }

  @Test
  void sharedSetting_isBestForAllMethodsTogether_eachAtItsBestOwn() throws Exception {
    // At rate 1 A is best, twice as good; at rate 2 B, four times as good, though its level is low.
    measured("A", "1", "a", 10, 10);
    measured("A", "1", "b", 30, 30);
    measured("A", "2", "a", 40, 50);
    measured("A", "2", "b", 20, 20);
    measured("B", "1", "a", 0.5, 0.3);
    measured("B", "1", "b", 0.9, 0.9);
    measured("B", "2", "a", 0.1, 0.1);
    measured("B", "2", "b", 0.2, 0.2);
    TuningChoice choice = choice();
    assertThat(choice.shared()).containsExactly(Map.entry("rate", "2"));
    assertThat(choice.methods())
        .containsEntry("A", Map.of("own", "b"))
        .containsEntry("B", Map.of("own", "a"));
    assertThat(choice.scores()).containsEntry("A", 20.0).containsEntry("B", 0.1);
    assertThat(choice.candidates()).containsEntry("A", 4).containsEntry("B", 4);
    assertThat(choice.yaml(run(), experiment()))
        .contains("rate: \"2\"", "seeds:", "dataset-hash: \"d5\"", "commit: \"abc\"");
  }

  @Test
  void candidateThatFailedAtASeed_isNone() {
    measured("A", "1", "a", 1, 0);
    measured("A", "1", "b", 8, 8);
    measured("B", "1", "a", 3, 3);
    measured("B", "1", "b", 3, 3);
    TuningChoice choice = choice();
    assertThat(choice.methods().get("A")).containsEntry("own", "b");
    assertThat(choice.methods().get("B")).as("of equals the first").containsEntry("own", "a");
  }

  @Test
  void methodWithoutAnyCandidate_leavesNothingToChoose() {
    measured("A", "1", "a", 1, 1);
    measured("B", "1", "a", 0, 0);
    assertThatThrownBy(this::choice)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("nothing can be chosen");
  }
}
