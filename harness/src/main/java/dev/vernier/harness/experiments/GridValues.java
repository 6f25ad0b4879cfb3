package dev.vernier.harness.experiments;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The values of one setting in a grid: a YAML list, or text separated by commas. */
final class GridValues extends JsonDeserializer<List<String>> {
  /** The values in a text; empty ones are kept, for whoever checks them to refuse. */
  static List<String> of(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  @Override
  public List<String> deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    return parser.isExpectedStartArrayToken()
        ? List.of(context.readValue(parser, String[].class))
        : of(context.readValue(parser, String.class));
  }
}
