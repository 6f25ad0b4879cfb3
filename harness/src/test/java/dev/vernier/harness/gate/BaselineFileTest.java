package dev.vernier.harness.gate;

import static dev.vernier.harness.gate.Numbers.cell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineFileTest {
  @TempDir Path folder;
  private Path path;
  private BaselineFile file;
  private Snapshot numbers;
  private Baseline baseline;

  @BeforeEach
  void write() throws IOException {
    path = folder.resolve("gate.json");
    file = new BaselineFile(path);
    numbers =
        new Numbers()
            .with(cell("VQ/GAN \"ä\"", 1L, Map.of("loss", "l2")), new Spread(.5, 3), 20, 21.5, 30)
            .with(cell("LFQ", null, Map.of()), 20, 21.5, 30)
            .snapshot();
    Map<String, Tolerance> tolerances = Map.of(Numbers.psnr(), new Tolerance(null, null, 2.0));
    baseline = Numbers.baseline(numbers, 0.02, tolerances);
    file.write(baseline, numbers.scores());
  }

  @Test
  void everything_comesBack_andTheSameNumbersMakeTheSameBytes() throws IOException {
    Baseline read = file.read();
    assertThat(read.withScores(null)).isEqualTo(baseline);
    Snapshot back = file.snapshot(read);
    numbers
        .scores()
        .forEach(
            (name, scores) -> {
              Scores found = back.scores(name, Numbers.psnr()).orElseThrow();
              assertThat(found.values()).containsExactly(scores.get(Numbers.psnr()).values());
              assertThat(found.basis()).isEqualTo(scores.get(Numbers.psnr()).basis());
            });
    byte[] json = Files.readAllBytes(path);
    byte[] beside = Files.readAllBytes(file.scores());
    file.write(read, back.scores());
    assertThat(path).hasBinaryContent(json);
    assertThat(file.scores()).hasBinaryContent(beside);
  }

  @Test
  void failedWriting_leavesBothFilesAsTheyWere() throws IOException {
    // What is written beside the text has a name of 256 characters, one more than there may be.
    Path named = folder.resolve("g".repeat(209) + ".json");
    BaselineFile other = new BaselineFile(named);
    Files.copy(path, named);
    Files.copy(file.scores(), other.scores());
    assertThatThrownBy(() -> other.write(baseline, Map.of())).isInstanceOf(IOException.class);
    assertThat(named).hasSameBinaryContentAs(path);
    assertThat(other.scores()).hasSameBinaryContentAs(file.scores());
  }

  @Test
  void text_hasSortedKeys_oneALine() throws IOException {
    String text = Files.readString(path);
    assertThat(text).endsWith("}\n").contains("  \"falseAlarmRate\": 0.02,\n");
    assertThat(text.indexOf("\"cells\"")).isLessThan(text.indexOf("\"falseAlarmRate\""));
    assertThat(text.indexOf("\"LFQ\"")).isLessThan(text.indexOf("\"VQ/GAN"));
    assertThat(text.indexOf("\"protocol\"")).isLessThan(text.indexOf("\"samples\""));
  }

  /** What an edit may do to the file, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "falseAlarmRate": 0.02  | "falseAlarmRate": 1.5   | falseAlarmRate cannot be 1.5
          "falseAlarmRate": 0.02  | "falseAlarmRate": null  | is damaged
          "falseAlarmRate": 0.02, |                         | falseAlarmRate is missing: write 0.01
          "standardErrors": 2.0   | "standardErrors": -1    | tolerances.psnr.standardErrors cannot be -1.0: write a number
          "standardErrors": 2.0   | "standardErrors": 1e999 | tolerances.psnr.standardErrors cannot be Infinity
          "standardErrors": 2.0   | "standardErrors": 1e308 | tolerances.psnr.standardErrors cannot be 1.0E308
          "standardErrors": 2.0   | "relative": 1e308       | tolerances.psnr.relative cannot be 1.0E308: write
          "standardErrors": 2.0   | "relative": 5           | a share of the baseline's number, from 0 to 1
          "standardErrors": 2.0   | "absolute": 1e308       | tolerances.psnr.absolute cannot be 1.0E308
          "standardErrors": 2.0   | "standardErrors": "2.0" | tolerances.psnr.standardErrors cannot be "2.0"
          "standardErrors": 2.0   | "standardErrors": true  | tolerances.psnr.standardErrors cannot be true
          "standardErrors": 2.0   | "standardErrors": null  | tolerances.psnr.standardErrors is null
          "tolerances": {         | "tolerances": {"rfid": null, | tolerances.rfid is null
          "tolerances": {         | "tolerances": {"rfid": 5, | tolerances.rfid cannot be 5
          "tolerances": {         | "tolerances": {"rfid": [], | tolerances.rfid cannot be []
          "tolerances": {         | "tolerances": {"psnr": {"absolute": 1}, | Duplicate field 'psnr'
          "tolerances": {         | "tolerances": [], "x": {| tolerances cannot be []
          "falseAlarmRate": 0.02  | "falseAlarmRate": "0.02"| falseAlarmRate cannot be "0.02"
          "falseAlarmRate": 0.02  | "falseAlarmRate": [0.02]| falseAlarmRate cannot be [0.02]
          "deviation": 0.5,       |                         | .psnr.spread.deviation is missing
          "deviation": 0.5        | "deviation": 1e200      | .psnr.spread.deviation cannot be 1.0E200
          "samples": 3,           |                         | .psnr.samples is missing
          "label": "PSNR",        |                         | .psnr lacks its label
          "protocol": "0a1b2c3d4e", |                       | .psnr lacks its protocol
          "trainings": 3          | "trainings": 3.5        | .psnr.spread.trainings cannot be 3.5
          "deviation": 0.5        | "deviation": -1         | .psnr.spread: no spread has a deviation of -1.0
          "samples": 3            | "samples": "3"          | .psnr.samples cannot be "3"
          "samples": 3            | "samples": 0            | PSNR cannot rest on 0 images
          "high":                 | "high": -1, "x":        | .psnr: PSNR has no interval from
          "low":                  | "low": -1e999, "x":     | .psnr: PSNR has no interval from -Infinity
          "method": "LFQ"         | "method": 5             | cells.LFQ.method cannot be 5
          "method": "LFQ",        |                         | cells.LFQ lacks its method
          "label": "PSNR"         | "label": false          | .psnr.label cannot be false
          "loss": "l2"            | "loss": 2               | .settings.loss cannot be 2
          "loss": "l2"            | "loss": null            | .settings.loss is null
          "standardErrors": 2.0   | "absolut": 2            | has one of absolute
          "standardErrors": 2.0   | "absolute": 1, "relative": 1 | has one of
          "standardErrors": 2.0   | "absolute": NaN         | is damaged
          "tolerances": {         | "tolerances": {"rfdi": {"absolute": 1}, | did you mean 'rfid'?
          "tolerances": {         | "tolerances": {"entropy": {"absolute": 1}, | no metric with a better direction
          "schemaVersion": 1      | "schemaVersion": 2      | use a newer Vernier
          "schemaVersion": 1      | "version": 1            | not a baseline of Vernier
          "value"                 | "valeu"                 | .psnr.value is missing
          "schemaVersion": 1      | "schemaVersion": 1, "tolerance": {} | did you mean 'tolerances'?
          "cells": {              | "cells": {} }, "x": {   | is damaged
          "cells": {              | "cells": {} } {"x": {   | something follows its end
          "trainings": 3          | "trainings": 1          | no spread
          """)
  void damage_isOneLine(String was, String is, String said) throws IOException {
    String text = Files.readString(path);
    assertThat(text).contains(was);
    Files.writeString(path, text.replace(was, is == null ? "" : is));
    assertThatThrownBy(file::read)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(said)
        .satisfies(error -> assertThat(error.getMessage().lines()).hasSize(1));
  }

  @Test
  void cutOffBinaryOrAbsent_isSaid() throws IOException {
    String text = Files.readString(path);
    Files.writeString(path, text.substring(0, text.length() / 2));
    assertThatThrownBy(file::read).isInstanceOf(UsageException.class).hasMessageContaining("line");
    Files.write(path, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(file::read).isInstanceOf(UsageException.class).hasMessageContaining("UTF-8");
    Files.writeString(path, "");
    assertThatThrownBy(file::read).isInstanceOf(UsageException.class);
    Files.delete(path);
    assertThatThrownBy(file::read)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--update");
  }

  @Test
  void scoresOfAnotherBaseline_areRefused_andAbsentOnesAreDoneWithout() throws IOException {
    Files.write(file.scores(), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> file.snapshot(file.read()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("does not belong");
    Files.delete(file.scores());
    assertThat(file.snapshot(file.read()).scores()).isEmpty();
  }
}
