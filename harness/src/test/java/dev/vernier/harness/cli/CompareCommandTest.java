package dev.vernier.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
