package dev.vernier.harness.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.vernier.records.DamagedJson;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The text of a baseline: JSON with sorted keys, a number a line. People edit it, so whatever it
 * says is looked at, and what is wrong is told with its place.
 *
 * @param path the file, for messages
 */
record BaselineJson(Path path) {
  static final String REMEDY = "restore it, or delete it and write another with --update";

  /** Characters of what is wrong that are shown. */
  private static final int SHOWN = 60;

  private static final double LARGEST = 1e100;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(LogicalType.Textual, BaselineJson::onlyText)
          .build();

  private static void onlyText(MutableCoercionConfig texts) {
    texts
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  /**
   * Reads it.
   *
   * @throws UsageException if it is damaged, of a newer schema, or says what cannot be
   */
  Baseline read(String text) {
    try {
      JsonNode tree = JSON.readTree(text);
      requireVersion(tree.path("schemaVersion"));
      requireRate(tree);
      Baseline baseline = baseline(tree);
      walk(tree, "", this::refuseHuge);
      check(baseline);
      return baseline;
    } catch (JsonProcessingException e) {
      throw DamagedJson.of(path, e, REMEDY);
    }
  }

  private void requireVersion(JsonNode version) {
    if (!version.isInt() || version.asInt() < 1) {
      throw new UsageException(path + " is not a baseline of Vernier, or damaged: " + REMEDY);
    }
    if (version.asInt() > Baseline.SCHEMA_VERSION) {
      throw new UsageException(
          path
              + " has schema version "
              + version.asInt()
              + ", this Vernier reads up to "
              + Baseline.SCHEMA_VERSION
              + ": use a newer Vernier");
    }
  }

  private void requireRate(JsonNode tree) {
    if (!tree.has("falseAlarmRate")) {
      throw new UsageException(path + ": falseAlarmRate is missing: write " + Baseline.RATE);
    }
  }

  private Baseline baseline(JsonNode tree) throws JsonProcessingException {
    walk(tree, "", this::refuseNull);
    try {
      return JSON.treeToValue(tree, Baseline.class);
    } catch (UnrecognizedPropertyException e) {
      throw new UsageException(path + ": " + DamagedJson.unknown("field", e), e);
    } catch (JsonMappingException e) {
      throw damaged(tree, e);
    }
  }

  /** Nothing that is written here is null, and what is read as null would be missed later. */
  private void refuseNull(JsonNode node, String place) {
    if (node.isNull()) {
      throw damaged(place + " is null", null);
    }
  }

  /** Squares, sums and products of smaller ones are finite. */
  private void refuseHuge(JsonNode node, String place) {
    if (node.isNumber() && Math.abs(node.doubleValue()) > LARGEST) {
      throw damaged("%s cannot be %s, numbers are up to %s".formatted(place, node, LARGEST), null);
    }
  }

  /** Visits a node and all below it. */
  private static void walk(JsonNode node, String place, BiConsumer<JsonNode, String> visit) {
    visit.accept(node, place);
    String prefix = place.isEmpty() ? "" : place + ".";
    node.properties().forEach(each -> walk(each.getValue(), prefix + each.getKey(), visit));
    if (node.isArray()) {
      node.forEach(each -> walk(each, place + "[]", visit));
    }
  }

  private UsageException damaged(JsonNode tree, JsonMappingException e) {
    List<String> names =
        e.getPath().stream().map(JsonMappingException.Reference::getFieldName).toList();
    String place = String.join(".", names);
    if (e.getCause() instanceof IllegalArgumentException) {
      return new UsageException(
          path + ": " + place + ": " + e.getCause().getMessage() + ": " + REMEDY, e);
    }
    if (e.getCause() instanceof UsageException) {
      return new UsageException(path + ": " + place + "." + e.getCause().getMessage(), e);
    }
    if (e.getCause() instanceof NullPointerException) {
      return damaged(place + " lacks its " + e.getCause().getMessage(), e);
    }
    JsonNode found = tree;
    for (String name : names) {
      found = found.path(name);
    }
    return damaged(
        place + (found.isMissingNode() ? " is missing" : " cannot be " + shown(found)), e);
  }

  private UsageException damaged(String reason, JsonMappingException e) {
    return new UsageException(path + " is damaged (" + reason + "): " + REMEDY, e);
  }

  private static String shown(JsonNode node) {
    String text = node.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }

  private void check(Baseline baseline) {
    double rate = baseline.falseAlarmRate();
    if (!(rate > 0 && rate < 0.5)) {
      throw new UsageException(
          path + ": falseAlarmRate cannot be " + rate + ": it is above 0 and below 0.5");
    }
    if (baseline.cells().isEmpty()) {
      throw new UsageException(path + " holds no cells: " + REMEDY);
    }
    for (String key : baseline.tolerances().keySet()) {
      if (MetricKind.of(key).filter(GateCell::directed).isEmpty()) {
        throw new UsageException(
            path
                + ": "
                + NearestName.unknown(
                    "metric with a better direction",
                    key,
                    Arrays.stream(MetricKind.values())
                        .filter(GateCell::directed)
                        .map(MetricKind::key)
                        .toList()));
      }
    }
  }

  /** Writes it; the same baseline is the same text. */
  static String text(Baseline baseline) throws IOException {
    DefaultPrettyPrinter lines =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withSeparators(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    return JSON.writer(lines).writeValueAsString(baseline) + "\n";
  }
}
