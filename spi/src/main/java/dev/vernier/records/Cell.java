package dev.vernier.records;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vernier.spi.TokenizerSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One cell of an experiment: a tokenizer with its settings, a dataset, a seed, and what was
 * measured. Written to {@code cells/<id>/result.json}.
 *
 * @param schemaVersion see {@link ResultFiles#SCHEMA_VERSION}
 * @param id hash of all that decides its numbers; the name of its folder
 * @param method what legends and tables call it, such as {@code VQGAN}
 * @param tokenizer name of the plugin; {@code onnx} or {@code reconstructions} where such are given
 * @param settings every setting of the plugin after defaults, as text
 * @param training what else decides its numbers: steps, batch size, ...; as text
 * @param given weights, ONNX files or reconstructions, where the run took them as they were; null
 *     where it trained the tokenizer
 * @param seed the seed; of a given tokenizer, which has none, the run's first
 * @param spec what the tokenizer is; null if the cell failed before it was made, and where of given
 *     reconstructions no codebook is known
 * @param status whether the numbers are there
 * @param error one line that says what went wrong; null if nothing did
 * @param metrics by stable key, see {@link MetricKind}
 * @param codebooks use of each sub-codebook, then {@code joint} where there are several
 * @param phases time and throughput of each phase
 * @param notes lines for the reader, such as why a metric is absent
 * @param generation what it generates with; null in the cell of a tokenizer
 * @param missing by key of a metric, why its number is not there though the file has it
 * @param unknown fields of the file that this version does not know
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Cell(
    int schemaVersion,
    String id,
    String method,
    String tokenizer,
    Map<String, String> settings,
    Map<String, String> training,
    Given given,
    long seed,
    TokenizerSpec spec,
    Status status,
    String error,
    Map<String, Metric> metrics,
    List<CodebookUse> codebooks,
    List<Phase> phases,
    List<String> notes,
    Generation generation,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> missing,
    @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> unknown) {
  /** Whether a cell has its numbers. */
  public enum Status {
    /** Measured. */
    FINISHED,
    /** Something went wrong, see the error. */
    FAILED
  }

  /** What names a folder on every system, and none elsewhere. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /** Copies the collections; absent ones become empty. */
  public Cell {
    Objects.requireNonNull(id, "id");
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("'" + id + "' cannot name the folder of a cell");
    }
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(tokenizer, "tokenizer");
    Objects.requireNonNull(status, "status");
    settings = ordered(settings);
    training = ordered(training);
    metrics = ordered(metrics);
    codebooks = codebooks == null ? List.of() : List.copyOf(codebooks);
    phases = phases == null ? List.of() : List.copyOf(phases);
    notes = notes == null ? List.of() : List.copyOf(notes);
    missing = ordered(missing);
    unknown = ordered(unknown);
  }

  /** Whether nothing was trained for it: its tokenizer was given, and it generates nothing. */
  public boolean untrained() {
    return given != null && generation == null;
  }

  /**
   * Its seed in words, such as {@code seed 3}; {@code given} where nothing was trained with one.
   */
  public String seedWords() {
    return untrained() ? "given" : "seed " + seed;
  }

  /** The same under another name of its method. */
  public Cell called(String name) {
    return new Cell(
        schemaVersion,
        id,
        name,
        tokenizer,
        settings,
        training,
        given,
        seed,
        spec,
        status,
        error,
        metrics,
        codebooks,
        phases,
        notes,
        generation,
        missing,
        unknown);
  }

  /** Use of each sub-codebook, without that of their tuples. */
  public List<CodebookUse> subCodebooks() {
    return codebooks.stream().filter(use -> !use.name().equals(CodebookUse.JOINT)).toList();
  }

  /** Share of all entries of all sub-codebooks that occurred, in [0, 1]; empty where none is. */
  public Optional<Double> usage() {
    double size = subCodebooks().stream().mapToDouble(CodebookUse::size).sum();
    double distinct = subCodebooks().stream().mapToDouble(CodebookUse::distinct).sum();
    return size > 0 ? Optional.of(distinct / size) : Optional.empty();
  }

  static <V> Map<String, V> ordered(Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
