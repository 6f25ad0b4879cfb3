package dev.vernier.records;

import java.util.List;
import java.util.Objects;

/**
 * What a metric of a cell would have been on resampled images. Replicate r of two cells rests on
 * the same images, drawn with replacement, if their {@link #draws} are equal: then their difference
 * has an interval of its own, much narrower than the intervals of both suggest. Written to {@code
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

  /**
   * How replicates were drawn: where two sets of them are equal in it, replicate r here and
   * replicate r there were drawn alike, for every r.
   *
   * @param protocol as above
   * @param samples as above
   * @param seed as above
   * @param count of the resamples
   */
  public record Draws(String protocol, long samples, long seed, int count) {}

  /** How these were drawn. */
  public Draws draws() {
    return new Draws(protocol, samples, seed, values.size());
  }
}
