package dev.vernier.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFilesTest {
  @TempDir Path run;

  private static Cell cell() {
    Metric metric = new Metric("rFID", 1.25, 1.0, 1.5, 100, Metric.Better.LOWER, "abc");
    return new Cell(
        ResultFiles.SCHEMA_VERSION,
        "id",
        "VQGAN",
        "vqgan",
        Map.of("codebook-size", "8"),
        Map.of("steps", "3"),
        null,
        1,
        null,
        Cell.Status.FINISHED,
        null,
        Map.of("rfid", metric),
        List.of(),
        List.of(new Phase("train", 2, 10)),
        List.of("a note"),
        null,
        Map.of(),
        Map.of());
  }

  @Test
  void cell_isReadBackAndLeavesNothingBeside() throws IOException {
    ResultFiles.write(run, cell());
    assertThat(ResultFiles.readCell(run, "id")).isEqualTo(cell());
    try (Stream<Path> files = Files.list(ResultFiles.cellFolder(run, "id"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void unknownFields_areKept() throws IOException {
    ResultFiles.write(run, cell());
    Path file = ResultFiles.cellFile(run, "id");
    Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{\"later\": [1, 2],"));
    Cell read = ResultFiles.readCell(run, "id");
    assertThat(read.unknown()).containsKey("later");
    ResultFiles.write(run, read);
    assertThat(Files.readString(file)).contains("\"later\"");
  }

  @ParameterizedTest
  @CsvSource({
    "null, null",
    "NaN, NaN",
    "1e400, an infinite number",
    "-1e400, an infinite number",
    "Infinity, an infinite number",
    "'\"1.25\"', no number"
  })
  void numberThatIsNone_isMissingWithItsReason(String value, String words) throws IOException {
    ResultFiles.write(run, cell());
    Path file = ResultFiles.cellFile(run, "id");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"value\" : 1.25", "\"value\" : " + value));
    Cell read = ResultFiles.readCell(run, "id");
    assertThat(read.metrics()).isEmpty();
    assertThat(read.missing())
        .containsExactly(entry("rfid", "the result holds " + words + " as its value"));
    assertThat(read.phases()).hasSize(1);
    ResultFiles.write(run, read);
    assertThat(ResultFiles.readCell(run, "id")).isEqualTo(read);
  }

  @Test
  void otherNumbersThatAreNone_areMissing() throws IOException {
    ResultFiles.write(run, cell());
    Path file = ResultFiles.cellFile(run, "id");
    String whole = Files.readString(file);
    for (String low : List.of("NaN", "1.75")) {
      Files.writeString(file, whole.replace("\"low\" : 1.0", "\"low\" : " + low));
      assertThat(ResultFiles.readCell(run, "id").metrics().get("rfid").interval()).isEmpty();
    }
    Files.writeString(file, whole.replace("\"seconds\" : 2.0", "\"seconds\" : null"));
    Cell untimed = ResultFiles.readCell(run, "id");
    assertThat(untimed.phases()).isEmpty();
    assertThat(untimed.missing()).containsKey("phases");
    Files.writeString(file, whole.replace("\"value\" : 1.25,", ""));
    assertThat(ResultFiles.readCell(run, "id").missing())
        .containsExactly(entry("rfid", "the result holds nothing as its value"));
    assertThat(whole).doesNotContain("missing");
  }

  /** Of two sub-codebooks the one that is left has another usage than both. */
  @Test
  void codebooksOfWhichOneIsUnusable_areMissing() throws IOException {
    ResultFiles.write(run, cell());
    Path file = ResultFiles.cellFile(run, "id");
    String books =
        Stream.of("NaN", "6")
            .map(
                perplexity ->
                    """
                    {"name": "code", "size": 8, "distinct": 8, "usage": 1, "entropyBits": 2.5,
                    "samples": 100, "perplexity": %s}"""
                        .formatted(perplexity))
            .collect(Collectors.joining(",", "\"codebooks\": [", "]"));
    Files.writeString(file, Files.readString(file).replace("\"codebooks\" : [ ]", books));
    Cell read = ResultFiles.readCell(run, "id");
    assertThat(read.codebooks()).isEmpty();
    assertThat(read.usage()).isEmpty();
    assertThat(read.missing()).containsOnlyKeys("usage", "perplexity");
  }

  @ParameterizedTest
  @CsvSource({"6.5, true", "1e400, false", "NaN, false", "null, false"})
  void perplexityWithAnEndThatIsNone_hasNoInterval(String end, boolean whole) throws IOException {
    ResultFiles.write(run, cell());
    Path file = ResultFiles.cellFile(run, "id");
    String book =
        """
        {"name": "code", "size": 8, "distinct": 8, "usage": 1, "entropyBits": 2.5, "samples": 100,
        "perplexity": 6, "perplexityLow": 5.5, "perplexityHigh": %s}"""
            .formatted(end);
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"codebooks\" : [ ]", "\"codebooks\": [" + book + "]"));
    assertThat(ResultFiles.readCell(run, "id").codebooks())
        .singleElement()
        .satisfies(use -> assertThat(use.perplexity()).isEqualTo(6))
        .satisfies(use -> assertThat(use.perplexityInterval().isPresent()).isEqualTo(whole));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "NaN", "1e400"})
  void replicateThatIsNone_spoilsAll(String value) throws IOException {
    Path cell = ResultFiles.cellFolder(run, "id");
    ResultFiles.write(cell, "rfid", new Replicates(1, "abc", 100, 1, List.of(1.5, 2.5)));
    assertThat(ResultFiles.readReplicates(cell, "rfid")).isPresent();
    Path file = cell.resolve("rfid-replicates.json");
    Files.writeString(file, Files.readString(file).replace("2.5", value));
    assertThat(ResultFiles.readReplicates(cell, "rfid")).isEmpty();
  }

  @Test
  void newerSchema_isRefused() throws IOException {
    ResultFiles.write(run, cell());
    Path file = ResultFiles.cellFile(run, "id");
    String newer = Files.readString(file).replaceFirst("(\"schemaVersion\" : )\\d+", "$1 42");
    Files.writeString(file, newer);
    assertThatThrownBy(() -> ResultFiles.readCell(run, "id"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("schema version 42")
        .hasMessageContaining("newer Vernier");
  }

  @Test
  void damagedFile_isNamed() throws IOException {
    ResultFiles.write(run, cell());
    Path file = ResultFiles.cellFile(run, "id");
    Files.writeString(file, Files.readString(file).substring(0, 40));
    assertThatThrownBy(() -> ResultFiles.readCell(run, "id"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("damaged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "seed" : 1            | "seed" : "one"   | seed takes a whole number up to 9223372036854775807
          "seed" : 1            | "seed" : 1000000000000000000000 | seed takes a whole number up to 9223
          "notes" : [ "a note" ] | "notes" : "none" | notes takes a list in brackets
          "notes" : [ "a note" ] | "notes" : [ {} ] | notes[0] takes text in quotes
          "steps" : "3"         | "steps" : {}     | training.steps takes text in quotes
          "training" : {        | "training" : 5, "x" : { | training takes fields in braces
          "steps" : "3"         | "a\\nb" : {}      | training.a?b takes text in quotes
          """)
  void fieldThatDoesNotFit_isNamedByItsPlace_andNoClassIs(String was, String is, String said)
      throws IOException {
    ResultFiles.write(run, cell());
    Path file = ResultFiles.cellFile(run, "id");
    String whole = Files.readString(file);
    assertThat(whole).contains(was);
    Files.writeString(file, whole.replace(was, is));
    assertThatThrownBy(() -> ResultFiles.readCell(run, "id"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file + " is damaged (" + said)
        .hasMessageEndingWith("): restore it, or delete it and run again with --resume")
        .hasMessageNotContainingAny("java", "`", "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"method", "tokenizer", "status"})
  void cellThatLacksWhatNamesIt_isDamaged(String field) throws IOException {
    ResultFiles.write(run, cell());
    Path file = ResultFiles.cellFile(run, "id");
    String named = "\"" + field + "\" : ";
    Files.writeString(
        file, Files.readString(file).replaceFirst(named + "\"\\w+\"", named + "null"));
    assertThatThrownBy(() -> ResultFiles.readCell(run, "id"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file + " is damaged (" + field + " is missing): restore it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../id", "a/../../b", "..", "", "a b"})
  void cellWhoseIdNamesNoFolderOfItsRun_isDamaged(String id) throws IOException {
    ResultFiles.write(run, cell());
    Path file = ResultFiles.cellFile(run, "id");
    String whole = Files.readString(file);
    assertThat(whole).contains("\"id\" : \"id\"");
    Files.writeString(file, whole.replace("\"id\" : \"id\"", "\"id\" : \"" + id + "\""));
    assertThatThrownBy(() -> ResultFiles.readCell(run, "id"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file + " is damaged")
        .hasMessageContaining("'" + id + "' cannot name the folder of a cell")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"cells\": [", "{\"cells\" 1", "{\"cells\": tru", "no\njson"})
  void damagedRun_isToldInOneLineWithoutTheParsersSettings(String text) throws IOException {
    Path file = ResultFiles.runFile(run);
    Files.writeString(file, text);
    assertThatThrownBy(() -> ResultFiles.read(run))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageEndingWith(": restore it, or delete it and run again with --resume")
        .hasMessageNotContainingAny("Source", "StreamReadFeature", "\n");
  }

  @Test
  void runOfAnOlderVersion_isStillRead() throws IOException {
    Files.writeString(
        ResultFiles.runFile(run),
        """
        {"schemaVersion": 1, "experiment": "fig1", "cells": [],
         "provenance": {"version": "0.1.0", "commit": "abc"}}
        """);
    RunRecord record = ResultFiles.read(run).record();
    assertThat(record.findings()).isEmpty();
    assertThat(record.floor()).isNull();
    assertThat(record.earlier()).isEmpty();
    assertThat(record.provenances()).containsExactly(record.provenance());
  }

  @Test
  void provenances_areAlikeWhateverTheirTimes() {
    RunRecord.Provenance one =
        new RunRecord.Provenance(
            "0.1.0",
            "abc",
            Map.of(),
            "CPU",
            Map.of("cores", "2"),
            "17",
            "2026-01-02T03:04:05Z",
            null);
    assertThat(one.alike(one.at("2026-02-03T04:05:06Z", "2026-02-03T05:05:06Z"))).isTrue();
    assertThat(
            List.of(
                new RunRecord.Provenance(
                    "0.1.0",
                    "abd",
                    Map.of(),
                    "CPU",
                    Map.of("cores", "2"),
                    "17",
                    one.started(),
                    null),
                new RunRecord.Provenance(
                    "0.1.0",
                    "abc",
                    Map.of(),
                    "GPU",
                    Map.of("cores", "2"),
                    "17",
                    one.started(),
                    null),
                new RunRecord.Provenance(
                    "0.1.0",
                    "abc",
                    Map.of(),
                    "CPU",
                    Map.of("cores", "4"),
                    "17",
                    one.started(),
                    null)))
        .noneMatch(one::alike);
    assertThat(
            one.alike(
                new RunRecord.Provenance(
                    "0.1.0",
                    "abc",
                    Map.of("plugin a.jar", "f00d"),
                    "CPU",
                    Map.of("cores", "2"),
                    "17",
                    one.started(),
                    null)))
        .isFalse();
  }

  @Test
  void findings_areReadBackInTheWordsOfTheExperiment() throws IOException {
    Finding.Check check =
        new Finding.Check(
            "usage", "A", Finding.Place.LARGEST, "B", null, Finding.Place.BEFORE_LARGEST);
    Finding finding = new Finding("F1", "A uses less than B.", null, List.of(check));
    RunRecord.Provenance provenance =
        new RunRecord.Provenance("0.1.0", "abc", Map.of(), null, Map.of(), null, null, null);
    RunRecord record =
        new RunRecord(
            ResultFiles.SCHEMA_VERSION,
            "fig1",
            null,
            null,
            Map.of(),
            Map.of(),
            List.of(1L),
            null,
            null,
            Map.of(),
            Map.of(),
            Map.of(),
            provenance,
            List.of(provenance.at("2026-01-02T03:04:05Z", null)),
            List.of("./vernier run fig1"),
            List.of(),
            List.of(finding),
            "A",
            Map.of());
    ResultFiles.write(run, record);
    assertThat(ResultFiles.read(run).record()).isEqualTo(record);
    assertThat(Files.readString(ResultFiles.runFile(run)))
        .contains("\"lower-than\" : \"B\"")
        .contains("\"other-at\" : \"before-largest\"")
        .contains("\"floor\" : \"A\"")
        .doesNotContain("higher-than");
    assertThat(check.words())
        .isEqualTo(
            "usage of A at its largest size lower than that of B at the size before its largest");
  }

  @Test
  void replicates_pairOnlyWhereTheyWereDrawnAlike() throws IOException {
    Replicates written = new Replicates(1, "abc", 100, 95, List.of(1.5, 2.5));
    Path cell = ResultFiles.cellFolder(run, "id");
    assertThat(ResultFiles.readReplicates(cell, "rfid")).isEmpty();
    ResultFiles.write(cell, "rfid", written);
    Replicates read = ResultFiles.readReplicates(cell, "rfid").orElseThrow();
    assertThat(read).isEqualTo(written);
    assertThat(new Replicates(1, "abc", 100, 95, List.of(7.0, 8.0)).draws())
        .isEqualTo(read.draws());
    assertThat(
            List.of(
                new Replicates(1, "other", 100, 95, List.of(1.5, 2.5)),
                new Replicates(1, "abc", 99, 95, List.of(1.5, 2.5)),
                new Replicates(1, "abc", 100, 96, List.of(1.5, 2.5)),
                new Replicates(1, "abc", 100, 95, List.of(1.5))))
        .noneMatch(other -> other.draws().equals(read.draws()));
  }
}
