package dev.vernier.harness.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vernier.records.MetricKind;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By how much a metric may get worse. Exactly one of the three is there, at least 0.
 *
 * @param absolute in units of the metric
 * @param relative as a share of the baseline's number
 * @param standardErrors in standard errors of the baseline's number
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tolerance(Double absolute, Double relative, Double standardErrors) {
  /** Checks that it is one number. */
  public Tolerance {
    long given =
        Stream.of(absolute, relative, standardErrors)
            .flatMap(Stream::ofNullable)
            .peek(Tolerance::check)
            .count();
    if (given != 1) {
      throw new IllegalArgumentException(
          "a tolerance has one of absolute, relative and standardErrors, this has " + given);
    }
  }

  private static void check(double number) {
    if (!(number >= 0) || Double.isInfinite(number)) {
      throw new IllegalArgumentException("a tolerance cannot be " + number);
    }
  }

  static Tolerance absolute(double number) {
    return new Tolerance(number, null, null);
  }

  static Tolerance relative(double share) {
    return new Tolerance(null, share, null);
  }

  /**
   * What a baseline begins with: about the last digit that papers print. Shares and similarities
   * have an absolute one, distances and likelihoods one relative to their size.
   */
  static Tolerance byDefault(MetricKind kind) {
    return switch (kind) {
      case PSNR -> absolute(0.02);
      case SSIM -> absolute(0.001);
      case USAGE -> absolute(0.005);
      default -> relative(0.01);
    };
  }

  /**
   * In units of the metric.
   *
   * @param baseline the number
   * @param error its standard error, where it is known
   * @return empty where the error is needed and not known
   */
  Optional<Double> of(double baseline, Optional<Double> error) {
    if (standardErrors != null) {
      return error.map(each -> standardErrors * each);
    }
    return Optional.of(
        Objects.requireNonNullElseGet(absolute, () -> relative * Math.abs(baseline)));
  }
}
