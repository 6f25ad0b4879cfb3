package dev.vernier.records;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that a paper found and a run may find again, or that the experiment itself claims. It
 * holds where every check of it does.
 *
 * @param name a short one, such as {@code F1}
 * @param claim what was found, in one sentence
 * @param source who found it, such as {@code the FQGAN paper}; null for a claim of the experiment
 * @param checks what has to be so, at least one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(String name, String claim, String source, List<Check> checks) {
  /** Copies the list; an absent one becomes empty. */
  public Finding {
    checks = checks == null ? List.of() : List.copyOf(checks);
  }

  /** The claim with a full stop. */
  public String sentence() {
    return claim.endsWith(".") ? claim : claim + ".";
  }

  /** Which of a method's sizes is meant, the size being the number of codes in total. */
  public enum Place {
    /** Each size that both sides of a comparison have, one comparison a size. */
    @JsonProperty("every-size")
    EVERY_SIZE("every size"),
    /** The smallest. */
    @JsonProperty("smallest")
    SMALLEST("its smallest size"),
    /** The one before the largest. */
    @JsonProperty("before-largest")
    BEFORE_LARGEST("the size before its largest"),
    /** The largest. */
    @JsonProperty("largest")
    LARGEST("its largest size");

    private final String words;

    Place(String words) {
      this.words = words;
    }

    /** The place in words. */
    public String words() {
      return words;
    }
  }

  /**
   * A comparison of a method with another one, with itself at another size, or with a number.
   * Exactly one of {@code lower-than} and {@code higher-than} says with what.
   *
   * @param metric key of a metric, see {@link MetricKind#comparable}
   * @param method the method it is claimed of
   * @param at at which of its sizes; every one where nothing is said
   * @param lowerThan the method, or number, above it; null where {@code higherThan} says it
   * @param higherThan the method, or number, below it; null where {@code lowerThan} says it
   * @param otherAt at which of the other method's sizes; null for the same size
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Check(
      String metric,
      String method,
      Place at,
      @JsonProperty("lower-than") String lowerThan,
      @JsonProperty("higher-than") String higherThan,
      @JsonProperty("other-at") Place otherAt) {
    /** Every size is the default. */
    public Check {
      at = at == null ? Place.EVERY_SIZE : at;
    }

    /** Whether it lacks a metric, a method, or what that is compared with. */
    boolean isPartial() {
      return metric == null || method == null || !hasOneOther();
    }

    /**
     * Whether just one of {@code lowerThan} and {@code higherThan} says what it is compared with.
     */
    public boolean hasOneOther() {
      return (lowerThan == null) != (higherThan == null);
    }

    /** The method or number it is compared with. */
    public String other() {
      return lowerThan == null ? higherThan : lowerThan;
    }

    /** The number it is compared with; empty where that is a method. */
    public Optional<Double> bound() {
      try {
        return Optional.of(Double.valueOf(other()));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    /** The claim in words, such as {@code rFID of A at every size lower than that of B}. */
    public String words() {
      String there = otherAt == null ? "" : " at " + otherAt.words();
      return "%s of %s at %s %s than %s%s%s"
          .formatted(
              metricWords(),
              method,
              at.words(),
              lowerThan == null ? "higher" : "lower",
              bound().isPresent() ? "" : "that of ",
              other(),
              there);
    }

    /** As people call it within a sentence. */
    private String metricWords() {
      String label = MetricKind.of(metric).map(MetricKind::label).orElse(metric);
      boolean acronym = label.length() < 2 || Character.isUpperCase(label.charAt(1));
      return acronym ? label : label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1);
    }
  }
}
