package dev.vernier.reports;

import static dev.vernier.reports.SampleRuns.cell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vernier.records.Cell;
import dev.vernier.records.Finding;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.reports.findings.Findings;
import dev.vernier.reports.findings.JudgedFinding;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A number of a result that is none is missing, with its reason, wherever it would stand. */
class MissingNumbersTest {
  @TempDir private Path folder;

  /** Writes a run, spoils the rFID of its last cell, and reads it again. */
  private Run spoilt(String value, Cell... cells) throws IOException {
    Finding.Check check = new Finding.Check("rfid", "B", null, "A", null, null);
    Finding finding = new Finding("F1", "B is better than A.", null, List.of(check));
    Run run = SampleRuns.run(folder, "mine", "Mine", List.of(finding), cells);
    ResultFiles.write(folder, run.record());
    for (Cell each : cells) {
      ResultFiles.write(folder, each);
    }
    Cell last = cells[cells.length - 1];
    Path file = ResultFiles.cellFile(folder, last.id());
    String number = "\"value\" : " + last.metrics().get("rfid").value();
    String whole = Files.readString(file);
    assertThat(whole).contains(number);
    Files.writeString(file, whole.replaceFirst(number, "\"value\" : " + value));
    return ResultFiles.read(folder);
  }

  private Path render(Run run) throws IOException {
    HtmlReport renderer = new HtmlReport();
    Path report = folder.resolve("report");
    renderer.render(List.of(run), Settings.of(renderer.settings(), Map.of()), report);
    return report;
  }

  private static String text(Path report, String file) throws IOException {
    return Files.readString(report.resolve(file), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"null, null", "NaN, NaN", "1e400, an infinite number"})
  void tableChartAndFindings_sayWhatIsMissingAndWhy(String value, String words) throws IOException {
    Run run =
        spoilt(
            value,
            cell("A", 1, 20, 256),
            cell("A", 1, 17, 1024),
            cell("B", 1, 18, 256),
            cell("B", 1, 16, 1024));
    Path report = render(run);
    String reason = "B, seed 1: the result holds " + words + " as its value";
    assertThat(text(report, "metrics.md"))
        .contains("Missing: rFID (" + reason + ").")
        .contains("| B | 10.0 | 1,024 | 1.00 | missing |");
    assertThat(text(report, "metrics.csv")).doesNotContain("B,1024,8,8,1,0.0,");
    assertThat(text(report, "rfid.svg")).contains("Missing: " + reason + ".");
    assertThat(text(report, "findings.csv"))
        .contains("F1,B is better than A.,not measured,")
        .contains("rfid (" + reason + ")");
    assertThat(text(report, "index.html"))
        .contains("Missing: rFID (" + reason + ").")
        .contains("missing: rfid (" + reason + ")")
        .contains(
            ">not measured</span> <b>F1</b> B is better than A. <span class=\"because\">Missing: rfid ("
                + reason
                + ").</span>");
    assertThat(Findings.of(List.of(run)))
        .extracting(JudgedFinding::line)
        .containsExactly("F1 not measured: B is better than A. Missing: rfid (" + reason + ").");
    assertThat(ResultsCsv.of(List.of(ResultFiles.read(folder))))
        .contains("missing.rfid")
        .contains("the result holds " + words + " as its value");
  }

  @Test
  void metricThatIsNull_isMissing_andCheckThatIsNone_isDamage() throws IOException {
    Run run = spoilt("1", cell("A", 1, 20, 256), cell("B", 1, 18, 256));
    Path file = ResultFiles.cellFile(folder, run.cells().get(1).id());
    ObjectMapper json = new ObjectMapper();
    ObjectNode result = (ObjectNode) json.readTree(file.toFile());
    ((ObjectNode) result.get("metrics")).putNull("rfid");
    json.writeValue(file.toFile(), result);
    assertThat(text(render(ResultFiles.read(folder)), "metrics.md"))
        .contains("Missing: rFID (B, seed 1: the result holds null).");

    Path record = folder.resolve("run.json");
    Files.writeString(record, Files.readString(record).replace("\"lower-than\"", "\"lower\""));
    assertThatThrownBy(() -> ResultFiles.read(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("run.json is damaged (a check of a finding lacks what it compares)");
  }

  @Test
  void otherSeeds_areStillAveraged() throws IOException {
    Run run = spoilt("null", cell("B", 1, 18, 256), cell("B", 2, 20, 256), cell("B", 3, 0.5, 256));
    Path report = render(run);
    assertThat(text(report, "metrics.md"))
        .contains("Missing: rFID (B, seed 3: the result holds null as its value).")
        .contains("19.0");
  }
}
