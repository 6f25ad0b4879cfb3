package dev.vernier.harness.evaluation;

import dev.vernier.records.CodebookUse;
import dev.vernier.records.Metric;
import dev.vernier.records.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was measured of a tokenizer or a generator.
 *
 * @param metrics by stable key
 * @param codebooks use of each sub-codebook, then {@code joint} where there are several; empty for
 *     a generator
 * @param phases time of what was done
 * @param notes lines for the reader, such as why a metric is absent
 * @param protocols by fingerprint
 */
public record Measurement(
    Map<String, Metric> metrics,
    List<CodebookUse> codebooks,
    List<Phase> phases,
    List<String> notes,
    Map<String, Map<String, String>> protocols) {
  /** The same with further metrics; those that it has stay. */
  public Measurement with(
      Map<String, Metric> others, Map<String, Map<String, String>> theirProtocols) {
    Map<String, Metric> all = new LinkedHashMap<>(metrics);
    others.forEach(all::putIfAbsent);
    Map<String, Map<String, String>> allProtocols = new LinkedHashMap<>(protocols);
    allProtocols.putAll(theirProtocols);
    return new Measurement(all, codebooks, phases, notes, allProtocols);
  }

  /** The same with further notes. */
  public Measurement noting(List<String> further) {
    List<String> all = Stream.concat(notes.stream(), further.stream()).toList();
    return new Measurement(metrics, codebooks, phases, all, protocols);
  }
}
