package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableThreeTest {
  @TempDir Path cache;
  @TempDir Path folder;

  @Test
  void netsOfTenSteps_areNotJudged() throws Exception {
    String data = "cifar10:" + SmallData.cifar(folder.resolve("cifar"), 64, 40);
    List<String> arguments =
        new ArrayList<>(List.of("run", "table3", "--data", data, "--out", "./run", "--seeds", "1"));
    arguments.addAll(Program.smallNets("steps=10", "codebook-size=8"));
    arguments.addAll(List.of("--workers", "0"));
    Outcome outcome = new Program(folder, cache, 1).runHere(arguments);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(ResultFiles.read(folder.resolve("run")).cells()).hasSize(8);
    assertThat(outcome.out())
        .contains("F5 not judged: Disentanglement")
        .contains("worse than the floor, which says nothing about the methods: FQGAN-Dual + dis");
    assertThat(Files.readString(folder.resolve("run/report/findings.md")))
        .contains("not judged: below the floor (FQGAN-Dual + both of 16 codes, FQGAN-Dual of 16")
        .contains("or, if there is none, the next smaller size or rate");
  }
}
