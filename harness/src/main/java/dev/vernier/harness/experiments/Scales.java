package dev.vernier.harness.experiments;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What a scale means whatever the experiment: the options and settings that make methods comparable
 * and a run fit its machine. An experiment may say otherwise.
 */
public final class Scales {
  private static final Map<String, Map<String, String>> COMMON = read();

  private Scales() {}

  private static Map<String, Map<String, String>> read() {
    try (InputStream in = Scales.class.getResourceAsStream("scales.yaml")) {
      return new YAMLMapper().readValue(in, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("scales.yaml cannot be read", e);
    }
  }

  /** The names of the scales that every experiment has, the smallest first. */
  public static List<String> names() {
    return List.copyOf(COMMON.keySet());
  }

  /** The options by scale. */
  static Map<String, Map<String, String>> common() {
    return COMMON;
  }
}
