package dev.vernier.records;

import java.util.List;
import java.util.Objects;

/**
 * What a metric of a cell would have been on resampled images. Replicate r of two cells rests on
 * the same images, drawn with replacement, if {@link #pairsWith} says so: then their difference has
 * an interval of its own, much narrower than the intervals of both suggest. Written to {@code
 * cells/<id>/<metric>-replicates.json}.
 *
 * @param schemaVersion see {@link ResultFiles#SCHEMA_VERSION}
 * @param protocol fingerprint of how the metric was computed, the set of images included
 * @param samples how many images each resample draws
 * @param seed where the draws start
 * @param values the metric of each resample, in the order of the draws
 */
public record Replicates(
    int schemaVersion, String protocol, long samples, long seed, List<Double> values) {
  /** Copies the list. */
  public Replicates {
    Objects.requireNonNull(protocol, "protocol");
    values = List.copyOf(Objects.requireNonNull(values, "values"));
  }

  /** Whether replicate r here and replicate r there were drawn alike, for every r. */
  public boolean pairsWith(Replicates other) {
    return protocol.equals(other.protocol)
        && samples == other.samples
        && seed == other.seed
        && values.size() == other.values.size();
  }
}
