package dev.vernier.harness.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.records.Replicates;
import dev.vernier.reports.significance.OverImages;
import java.util.List;

/**
 * What a number would be on resampled images, or the scores of single images whose mean it is.
 *
 * @param basis what the values are of
 * @param images how many images they rest on
 * @param values one a resample, or one an image in the order of their names
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
record Scores(Basis basis, long images, double[] values) {
  private static final int HASH_LENGTH = 10;

  /**
   * Values of one basis, images and protocol may be subtracted one by one.
   *
   * @param images hash of the images' names, where each has a score; null of resamples
   * @param resamples their number; null of single images
   * @param seed where the draws start; null of single images
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Basis(String images, Integer resamples, Long seed) {}

  static Scores of(Replicates replicates) {
    return new Scores(
        new Basis(null, replicates.values().size(), replicates.seed()),
        replicates.samples(),
        replicates.values().stream().mapToDouble(each -> each).toArray());
  }

  /**
   * The scores of single images.
   *
   * @param names of the images, sorted
   * @param values one an image
   */
  static Scores of(List<String> names, double[] values) {
    ContentHash hash = new ContentHash();
    names.forEach(hash::add);
    return new Scores(
        new Basis(hash.hexadecimal().substring(0, HASH_LENGTH), null, null), names.size(), values);
  }

  OverImages overImages() {
    return new OverImages(basis, images, basis.resamples() != null, values);
  }
}
