package dev.vernier.reports.significance;

import dev.vernier.records.Replicates;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a number depends on the images: what it would have been on each of many resamples of them, or
 * what each image contributes to it. Two such numbers are subtracted and averaged resample by
 * resample, image by image, and only where both rest on the same draws or the same images.
 */
public final class OverImages {
  private final Object basis;
  private final long images;
  private final boolean resampled;
  private final double[] values;

  /**
   * How a number depends on the images.
   *
   * @param basis equal for numbers that rest on the same draws, or the same images in the same
   *     order
   * @param images how many it rests on
   * @param resampled whether the values are of resamples, and not of single images
   */
  public OverImages(Object basis, long images, boolean resampled, double[] values) {
    this.basis = basis;
    this.images = images;
    this.resampled = resampled;
    this.values = values.clone();
  }

  /** The number on resampled images. */
  static OverImages of(Replicates replicates) {
    double[] values = replicates.values().stream().mapToDouble(each -> each).toArray();
    return new OverImages(replicates.draws(), replicates.samples(), true, values);
  }

  /**
   * The score of each image, whose mean the number is.
   *
   * @param images their names, sorted
   * @param scores one an image
   */
  static OverImages of(List<String> images, double[] scores) {
    return new OverImages(images, scores.length, false, scores);
  }

  /** The mean of several; empty where they do not all rest on the same. */
  public static Optional<OverImages> mean(List<OverImages> all) {
    if (all.isEmpty() || all.stream().anyMatch(each -> !each.basis.equals(all.get(0).basis))) {
      return Optional.empty();
    }
    OverImages first = all.get(0);
    double[] means =
        IntStream.range(0, first.values.length)
            .mapToDouble(i -> all.stream().mapToDouble(each -> each.values[i]).sum() / all.size())
            .toArray();
    return Optional.of(first.with(means));
  }

  /** The difference; empty where both do not rest on the same. */
  public Optional<OverImages> minus(OverImages other) {
    return basis.equals(other.basis)
        ? Optional.of(
            with(
                IntStream.range(0, values.length)
                    .mapToDouble(i -> values[i] - other.values[i])
                    .toArray()))
        : Optional.empty();
  }

  private OverImages with(double[] others) {
    return new OverImages(basis, images, resampled, others);
  }

  /** How many images it rests on. */
  long images() {
    return images;
  }

  /** How many values there are, one a resample or an image. */
  int count() {
    return values.length;
  }

  /** The variance for other images; empty where there is but one, or one replicate. */
  public Optional<Variance> variance() {
    if (values.length < 2 || images < 2) {
      return Optional.empty();
    }
    return Optional.of(resampled ? Variance.ofReplicates(values, images) : Variance.ofMean(values));
  }
}
