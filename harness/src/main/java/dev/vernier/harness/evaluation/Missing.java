package dev.vernier.harness.evaluation;

import dev.vernier.harness.metrics.FeatureStatistics;
import dev.vernier.records.MetricKind.Need;
import dev.vernier.spi.FeatureSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metrics that cannot be measured, gathered by the reason, each reason in one line. */
final class Missing {
  private final FeatureSpec spec;
  private final Map<String, List<String>> byReason = new LinkedHashMap<>();

  Missing(FeatureSpec spec) {
    this.spec = spec;
  }

  /** Whether there is all that a metric needs; remembers it where not. */
  boolean allows(FeatureMetric metric, ReferenceFeatures real, FeatureTable other) {
    Optional<String> absent = absent(metric.need(), real, other);
    if (absent.isPresent()) {
      add(absent.get(), metric.labels());
      return false;
    }
    int images = images(metric.need(), real, other);
    if (images < metric.fewest()) {
      add(images + " images are too few", metric.labels() + " (from " + metric.fewest() + " on)");
      return false;
    }
    return true;
  }

  private void add(String reason, String what) {
    byReason.computeIfAbsent(reason, each -> new ArrayList<>()).add(what);
  }

  private Optional<String> absent(Need need, ReferenceFeatures real, FeatureTable other) {
    return switch (need) {
      case LOGITS -> absent(other.logits(), spec.name() + " features have no class scores");
      case LAYOUT ->
          absent(other.layout(), spec.name() + " features have no layout")
              .or(() -> absent(real.layout(), "the reference has no statistics of the layout"))
              .or(() -> otherLayout(real.layout().orElseThrow(), other.layout().orElseThrow()));
      case FEATURES -> absent(real.pooled(), "the reference has statistics but no images");
      default -> Optional.empty();
    };
  }

  private static Optional<String> otherLayout(FeatureStatistics real, FeatureStatistics other) {
    return real.mean().length == other.mean().length
        ? Optional.empty()
        : Optional.of(
            "the reference's layout has %d numbers, that of these features %d"
                .formatted(real.mean().length, other.mean().length));
  }

  private static Optional<String> absent(Optional<?> part, String reason) {
    return part.isPresent() ? Optional.empty() : Optional.of(reason);
  }

  /**
   * How many images there are; where each is compared with those of the reference, of which less.
   */
  private static int images(Need need, ReferenceFeatures real, FeatureTable other) {
    return need == Need.FEATURES
        ? Math.min(other.rows(), real.pooled().orElseThrow().rows())
        : other.rows();
  }

  /** A line a reason, such as {@code 24 images are too few for: KID (from 1000 on)}. */
  List<String> notes() {
    return byReason.entrySet().stream()
        .map(each -> each.getKey() + " for: " + String.join("; ", each.getValue()))
        .toList();
  }
}
