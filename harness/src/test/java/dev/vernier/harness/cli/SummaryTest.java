package dev.vernier.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {
  /** A cell whose rFID and PSNR are by some protocols. */
  private static Cell cell(String method, String rfid, String psnr) {
    return SmallRecords.cell(
        method,
        method,
        null,
        1,
        Map.of(
            MetricKind.RFID.key(),
            Metric.of(MetricKind.RFID, "", 3, Optional.empty(), 64, rfid),
            MetricKind.PSNR.key(),
            Metric.of(MetricKind.PSNR, "", 20, Optional.empty(), 64, psnr)));
  }

  private static List<String> notes(Cell... cells) {
    List<Cell> all = List.of(cells);
    RunRecord record = SmallRecords.run(Map.of(), all.stream().map(Cell::id).toList());
    StringWriter text = new StringWriter();
    Summary.table(new Run(Path.of("run"), record, all), new PrintWriter(text));
    return text.toString().lines().filter(line -> line.startsWith("note: ")).toList();
  }

  @Test
  void numbersOfDifferentProtocols_areSaidNotToCompare() {
    assertThat(notes(cell("A", "p", "s"), cell("B", "q", "s"), cell("C", "q", "s")))
        .containsExactly(
            "note: rFID: the protocols of A and of B, C differ, their numbers cannot be compared");
    assertThat(notes(cell("A", "p", "s"), cell("B", "q", "t"), cell("C", "r", "t")))
        .containsExactly(
            "note: rFID: the protocols of A and of B and of C differ, their numbers cannot be"
                + " compared",
            "note: PSNR: the protocols of A and of B, C differ, their numbers cannot be compared");
    assertThat(notes(cell("A", "p", "s"), cell("B", "p", "s"))).isEmpty();
  }
}
