package dev.vernier.harness.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finished runs, compared without measuring anything. */
class CompareCommandTest {
  @TempDir Path folder;

  /** A run whose only cell failed. */
  private String failed(String method, String why) throws IOException {
    Path run = folder.resolve(method);
    Path cell = Files.createDirectories(run.resolve("cells/1a"));
    Files.writeString(
        run.resolve("run.json"),
        """
        {"schemaVersion": 1, "experiment": "eval", "cells": ["1a"],
         "provenance": {"version": "0.1.0", "commit": "abc"}}
        """);
    Files.writeString(
        cell.resolve("result.json"),
        """
        {"schemaVersion": 1, "id": "1a", "method": "%s", "tokenizer": "vqgan", "seed": 1,
         "status": "FAILED", "error": "%s"}
        """
            .formatted(method, why));
    return run.toString();
  }

  /** A run of a method whose PSNR is 20 and its seed. */
  private String finished(String name, int... seeds) throws IOException {
    Path run = folder.resolve(name);
    for (int seed : seeds) {
      Path cell = Files.createDirectories(run.resolve("cells/seed" + seed));
      Files.writeString(
          cell.resolve("result.json"),
          """
          {"schemaVersion": 1, "id": "seed%1$d", "method": "A", "tokenizer": "vqgan", "seed": %1$d,
           "status": "FINISHED", "metrics": {"psnr": {"label": "PSNR", "value": 2%1$d,
           "samples": 64, "better": "HIGHER", "protocol": "p"}}}
          """
              .formatted(seed));
    }
    String cells =
        Arrays.stream(seeds).mapToObj(seed -> "\"seed" + seed + "\"").collect(joining(", "));
    Files.writeString(
        run.resolve("run.json"),
        """
        {"schemaVersion": 1, "experiment": "mine", "cells": [%s],
         "provenance": {"version": "0.1.0", "commit": "abc"}}
        """
            .formatted(cells));
    return run.toString();
  }

  @Test
  void runsThatShareACell_areRanked_andNotTestedOnIt() throws IOException {
    String first = finished("first", 1, 2);
    String second = finished("second", 2, 3);
    Outcome text = Outcome.of("compare", first, second, "--out", folder.resolve("a").toString());
    assertThat(text.code()).as(text.err()).isEqualTo(ExitCodes.DONE);
    assertThat(text.out())
        .containsPattern("1  A \\(run 2\\) +22.50")
        .contains("A (run 1) - A (run 2): no test, at the seeds that both have they are the same")
        .doesNotContain("paired differences");
    Outcome json =
        Outcome.of("compare", first, second, "--json", "--out", folder.resolve("b").toString());
    assertThat(json.out())
        .contains(
            "\"differences\":[],\"same\":[{\"method\":\"A (run 1)\",\"other\":\"A (run 2)\"}]");
  }

  @Test
  void settingOfAMeasurement_isRefused_whereAllIsMeasured() throws IOException {
    Outcome outcome =
        Outcome.of("compare", finished("first", 1), finished("second", 2), "--set", "images=5");
    assertThat(outcome.code()).isEqualTo(ExitCodes.WRONG_USE);
    assertThat(outcome.err())
        .contains("runs are not measured again, so nothing uses the setting images");
  }

  @Test
  void cellsThatFailed_areNamed_withTheReason() throws IOException {
    String first = failed("First", "no room");
    String second = failed("Second", "a loss of NaN");
    String[] lines = {"failed: First 1a: no room", "failed: Second 1a: a loss of NaN"};
    Outcome text = Outcome.of("compare", first, second, "--out", folder.resolve("a").toString());
    assertThat(text.code()).as(text.err()).isEqualTo(ExitCodes.CELLS_FAILED);
    assertThat(text.out()).contains(lines);
    Outcome json =
        Outcome.of("compare", first, second, "--json", "--out", folder.resolve("b").toString());
    assertThat(json.code()).isEqualTo(ExitCodes.CELLS_FAILED);
    assertThat(json.out()).isEqualTo("[]" + System.lineSeparator());
    assertThat(json.err()).contains(lines);
  }

  @Test
  void argumentThatNamesNothing_isRefused() {
    for (String empty : List.of("", "Mine=", ",codebooks=512")) {
      assertThatThrownBy(() -> CompareArgument.of(empty))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("names nothing: write [NAME=]PATH");
    }
  }
}
