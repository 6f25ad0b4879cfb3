package dev.vernier.records;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Takes out of a cell's JSON what is not a finite number where one must be, and notes why: left
 * alone, {@code null} would be read as 0, and an infinite number would spoil every mean and axis.
 */
final class UsableNumbers {
  private static final List<String> OF_METRIC = List.of("value", "samples");
  private static final List<String> OF_INTERVAL = List.of("low", "high");
  private static final List<String> OF_CODEBOOK =
      List.of("size", "distinct", "usage", "entropyBits", "perplexity", "samples");
  private static final List<String> OF_PERPLEXITY = List.of("perplexityLow", "perplexityHigh");
  private static final List<String> OF_PHASE = List.of("seconds", "images");

  private UsableNumbers() {}

  /** Changes the JSON of a cell; what is taken out is named in its {@code missing}. */
  static void keepIn(JsonNode cell) {
    if (!(cell instanceof ObjectNode object)) {
      return;
    }
    ObjectNode missing = object.withObjectProperty("missing");
    if (object.path("metrics") instanceof ObjectNode metrics) {
      metrics(metrics, missing);
    }
    if (object.path("codebooks") instanceof ArrayNode codebooks) {
      removeIf(codebooks, OF_CODEBOOK)
          .ifPresent(
              why -> {
                // Those that are left would be taken for all of them.
                codebooks.removeAll();
                missing.put(MetricKind.USAGE.key(), why);
                missing.put(MetricKind.PERPLEXITY.key(), why);
              });
      for (JsonNode book : codebooks) {
        interval((ObjectNode) book, OF_PERPLEXITY);
      }
    }
    if (object.path("phases") instanceof ArrayNode phases) {
      removeIf(phases, OF_PHASE).ifPresent(why -> missing.put("phases", why));
    }
    if (missing.isEmpty()) {
      object.remove("missing");
    }
  }

  /** Changes the JSON of replicates: they are taken together, so one that is none spoils all. */
  static void keepInReplicates(JsonNode replicates) {
    if (replicates.path("values") instanceof ArrayNode values) {
      for (JsonNode value : values) {
        if (!isFinite(value)) {
          values.removeAll();
          return;
        }
      }
    }
  }

  /**
   * What a record beside a cell holds in place of a number, in words; such a record writes no
   * {@code null}. Its numbers are taken together, so one that is none spoils all.
   */
  static Optional<String> unusable(JsonNode record) {
    return unusable("", record);
  }

  private static Optional<String> unusable(String name, JsonNode node) {
    if (node.isNull() || (node.isNumber() && !isFinite(node))) {
      return Optional.of(words(node) + " as its " + name);
    }
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .flatMap(each -> unusable(name, each).stream())
          .findFirst();
    }
    return node.properties().stream()
        .flatMap(each -> unusable(each.getKey(), each.getValue()).stream())
        .findFirst();
  }

  private static void metrics(ObjectNode metrics, ObjectNode missing) {
    List<String> keys = new ArrayList<>();
    metrics.fieldNames().forEachRemaining(keys::add);
    for (String key : keys) {
      if (metrics.get(key) instanceof ObjectNode metric) {
        wrong(metric, OF_METRIC)
            .ifPresent(
                why -> {
                  metrics.remove(key);
                  missing.put(key, why);
                });
        interval(metric, OF_INTERVAL);
      } else {
        missing.put(key, "the result holds " + words(metrics.get(key)));
        metrics.remove(key);
      }
    }
  }

  private static void interval(ObjectNode number, List<String> ends) {
    if (ends.stream().allMatch(number::hasNonNull)
        && (wrong(number, ends).isPresent() || isUpsideDown(number, ends))) {
      number.remove(ends);
    }
  }

  private static boolean isUpsideDown(ObjectNode number, List<String> ends) {
    return number.get(ends.get(0)).asDouble() > number.get(ends.get(1)).asDouble();
  }

  /** Removes what has a wrong number; one of the reasons, where anything is removed. */
  private static Optional<String> removeIf(ArrayNode items, List<String> names) {
    Optional<String> reason = Optional.empty();
    for (int i = items.size() - 1; i >= 0; i--) {
      Optional<String> wrong = wrong(items.get(i), names);
      if (wrong.isPresent()) {
        items.remove(i);
        reason = wrong;
      }
    }
    return reason;
  }

  /** Why one of the numbers cannot be used. */
  private static Optional<String> wrong(JsonNode node, List<String> names) {
    return names.stream()
        .map(name -> Map.entry(name, node.path(name)))
        .filter(each -> !isFinite(each.getValue()))
        .map(each -> "the result holds " + words(each.getValue()) + " as its " + each.getKey())
        .findFirst();
  }

  private static boolean isFinite(JsonNode number) {
    return number.isNumber() && Double.isFinite(number.asDouble());
  }

  private static String words(JsonNode node) {
    if (node.isNumber()) {
      return Double.isNaN(node.asDouble()) ? "NaN" : "an infinite number";
    }
    return node.isMissingNode() ? "nothing" : node.isNull() ? "null" : "no number";
  }
}
