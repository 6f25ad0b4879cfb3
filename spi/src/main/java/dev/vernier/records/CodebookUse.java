package dev.vernier.records;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * How a (sub-)codebook was used on the validation set, from the full histogram of its indices.
 *
 * @param name the sub-codebook, or {@link #JOINT} for the tuples of all of them
 * @param size number of entries K; for {@code joint} the product, as a double since it may exceed
 *     any integer
 * @param distinct how many entries occurred
 * @param usage distinct over size
 * @param entropyBits entropy of the histogram in bits
 * @param perplexity 2 to the power of the entropy
 * @param samples how many indices were counted
 * @param perplexityLow lower end of the perplexity's 95% interval over images, of as many of them,
 *     or null where there is none
 * @param perplexityHigh upper end, or null
 * @param protocol fingerprint of what counted whose indices, see {@link Metric#protocol}; null in
 *     records from before it was written
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CodebookUse(
    String name,
    double size,
    long distinct,
    double usage,
    double entropyBits,
    double perplexity,
    long samples,
    Double perplexityLow,
    Double perplexityHigh,
    String protocol) {
  /** The name of the use of tuples. */
  public static final String JOINT = "joint";

  /** A use without an interval and a protocol. */
  public CodebookUse(
      String name,
      double size,
      long distinct,
      double usage,
      double entropyBits,
      double perplexity,
      long samples) {
    this(name, size, distinct, usage, entropyBits, perplexity, samples, null, null, null);
  }

  /** The same with its protocol and a 95% interval of the perplexity. */
  public CodebookUse measured(String by, Optional<Metric.Interval> interval) {
    return new CodebookUse(
        name,
        size,
        distinct,
        usage,
        entropyBits,
        perplexity,
        samples,
        interval.map(Metric.Interval::low).orElse(null),
        interval.map(Metric.Interval::high).orElse(null),
        by);
  }

  /** The 95% interval of the perplexity, where there is one. */
  @JsonIgnore
  public Optional<Metric.Interval> perplexityInterval() {
    return perplexityLow == null || perplexityHigh == null
        ? Optional.empty()
        : Optional.of(new Metric.Interval(perplexityLow, perplexityHigh));
  }
}
