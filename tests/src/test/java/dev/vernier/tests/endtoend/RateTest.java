package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.findings.Findings;
import dev.vernier.reports.findings.JudgedFinding;
import dev.vernier.reports.findings.JudgedFinding.Comparison;
import dev.vernier.tests.onnx.PatchNet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateTest {
  @TempDir Path cache;
  @TempDir Path folder;

  @Test
  void factorizedCodes_areComparedWithEveryMethodAtEqualBits_unlessBelowTheFloor()
      throws Exception {
    String data = "cifar10:" + SmallData.cifar(folder.resolve("cifar"), 80, 40);
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    List<String> arguments =
        new ArrayList<>(List.of("run", "rate", "--data", data, "--out", "./run", "--seeds", "1"));
    arguments.addAll(Program.smallNets("features=onnx", "features.file=./scorer.onnx", "steps=2"));
    arguments.addAll(List.of("--workers", "0"));
    Outcome outcome = new Program(folder, cache, 1).runHere(arguments);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Run run = ResultFiles.read(folder.resolve("run"));
    assertThat(run.cells()).hasSize(8);
    List<Comparison> comparisons =
        Findings.of(List.of(run)).stream()
            .map(JudgedFinding::comparisons)
            .flatMap(List::stream)
            .toList();
    assertThat(comparisons)
        .hasSize(6)
        .allSatisfy(
            each -> {
              assertThat(each.difference()).isPresent();
              assertThat(each.rows()).extracting(Row::bits).containsExactly(12.0);
              assertThat(each.others()).extracting(Row::bits).containsExactly(12.0);
              assertThat(each.belowFloor()).containsAll(each.rows());
            });
    String page = Files.readString(folder.resolve("run/report/index.html"));
    int shared = page.indexOf("<summary>Shared by all cells, or not</summary>");
    assertThat(page.substring(shared, page.indexOf("</table>", shared)))
        .contains(
            "<th scope=\"row\">steps</th><td>2</td>",
            "<th scope=\"row\">codebook-size</th><td>differs between cells</td>");
    assertThat(outcome.out())
        .contains("R1 not judged: At equal bits per token FQGAN-Dual has a lower rFID than VQGAN,")
        .contains("R2 not judged: At equal bits per token FQGAN-Triple");
  }
}
