package dev.vernier.harness.runs;

import dev.vernier.harness.evaluation.Measurement;
import dev.vernier.records.Generation;
import dev.vernier.records.Phase;
import dev.vernier.spi.TokenizerSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of a cell that has its numbers.
 *
 * @param spec of the tokenizer
 * @param measurement what was measured
 * @param before phases before the measurement
 * @param generation what it generated with; null for a tokenizer
 */
record CellNumbers(
    TokenizerSpec spec, Measurement measurement, List<Phase> before, Generation generation) {
  List<Phase> phases() {
    return Stream.concat(before.stream(), measurement.phases().stream()).toList();
  }
}
