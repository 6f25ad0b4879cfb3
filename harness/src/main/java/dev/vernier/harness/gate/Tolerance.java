package dev.vernier.harness.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.UsageException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By how much a metric may get worse. Exactly one of the three is there, finite and at least 0.
 *
 * @param absolute in units of the metric
 * @param relative as a share of the baseline's number, at most 1
 * @param standardErrors in standard errors of the baseline's number
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tolerance(Double absolute, Double relative, Double standardErrors) {
  /**
   * Checks that it is one number.
   *
   * @throws UsageException if it cannot be a tolerance, of the setting that it is
   */
  public Tolerance {
    check("absolute", absolute, Double.MAX_VALUE, "at least 0");
    check("relative", relative, 1, "a share of the baseline's number, from 0 to 1");
    check("standardErrors", standardErrors, Double.MAX_VALUE, "at least 0");
    long given = Stream.of(absolute, relative, standardErrors).flatMap(Stream::ofNullable).count();
    if (given != 1) {
      throw new IllegalArgumentException(
          "a tolerance has one of absolute, relative and standardErrors, this has " + given);
    }
  }

  private static void check(String setting, Double number, double most, String range) {
    if (number != null && !(number >= 0 && number <= most)) {
      throw UsageException.ofSetting(
          setting, setting + " cannot be " + number + ": write a number that is " + range);
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
