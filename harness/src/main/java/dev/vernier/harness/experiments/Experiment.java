package dev.vernier.harness.experiments;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import dev.vernier.spi.results.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An experiment as its YAML says.
 *
 * @param name the experiment's name
 * @param title what reports print above it
 * @param options for all scales: run options, settings of every method, and {@code data.} or {@code
 *     features.} settings
 * @param scales options by scale, over those above and over what the scale means for every
 *     experiment
 * @param methods what is compared
 * @param findings what a run of it may find again
 */
public record Experiment(
    String name,
    String title,
    Map<String, String> options,
    Map<String, Map<String, String>> scales,
    List<Method> methods,
    List<Finding> findings) {
  /** Names of the experiments that come with Vernier. */
  public static final List<String> BUILT_IN = List.of("fig1", "fig3", "table3");

  /** The scale of an experiment made by {@link #single}. */
  public static final String SINGLE = "single";

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Copies the collections; absent ones become empty. */
  public Experiment {
    options = ordered(options);
    scales = ordered(scales);
    methods = methods == null ? List.of() : List.copyOf(methods);
    findings = findings == null ? List.of() : List.copyOf(findings);
  }

  /**
   * One line of a chart: a tokenizer and its settings, one cell for each combination of the grid.
   *
   * @param name what legends call it
   * @param tokenizer name of the plugin
   * @param settings of the tokenizer
   * @param grid values by setting, each separated by commas; every combination is a cell
   * @param scales settings and grids by scale, over those above
   */
  public record Method(
      @JsonProperty("method") String name,
      String tokenizer,
      Map<String, String> settings,
      Map<String, String> grid,
      Map<String, Layer> scales) {
    /** Copies the maps; absent ones become empty. */
    public Method {
      settings = ordered(settings);
      grid = ordered(grid);
      scales = ordered(scales);
    }
  }

  /**
   * What a scale changes in a method.
   *
   * @param settings over the method's
   * @param grid over the method's
   */
  public record Layer(Map<String, String> settings, Map<String, String> grid) {
    /** Copies the maps; absent ones become empty. */
    public Layer {
      settings = ordered(settings);
      grid = ordered(grid);
    }
  }

  /** An experiment with one cell a seed: a tokenizer with the settings given to it. */
  public static Experiment single(String name, String tokenizer, Map<String, String> options) {
    return new Experiment(
        name,
        name + " " + tokenizer,
        options,
        Map.of(SINGLE, Map.of()),
        List.of(new Method(tokenizer, tokenizer, Map.of(), Map.of(), Map.of())),
        List.of());
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * A built-in experiment by name, or one from a YAML file.
   *
   * @throws UsageException if there is neither, or the file is wrong
   */
  public static Experiment load(String nameOrFile) throws IOException {
    if (BUILT_IN.contains(nameOrFile)) {
      try (InputStream in = Experiment.class.getResourceAsStream(nameOrFile + ".yaml")) {
        return parse(nameOrFile, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    Path file = Path.of(nameOrFile);
    if (Files.isRegularFile(file)) {
      return parse(nameOrFile, Files.readString(file));
    }
    throw new UsageException(
        NearestName.unknown("experiment", nameOrFile, BUILT_IN) + ", or a YAML file");
  }

  private static Experiment parse(String source, String text) {
    try {
      Experiment experiment = YAML.readValue(text, Experiment.class);
      experiment.check(source);
      return experiment;
    } catch (UnrecognizedPropertyException e) {
      throw new UsageException(
          source
              + ", line "
              + e.getLocation().getLineNr()
              + ": "
              + NearestName.unknown(
                  "key",
                  e.getPropertyName(),
                  e.getKnownPropertyIds().stream().map(String::valueOf).toList()),
          e);
    } catch (InvalidFormatException e) {
      throw new UsageException(
          source + ", line " + e.getLocation().getLineNr() + ": " + wrongValue(e), e);
    } catch (JsonProcessingException e) {
      throw new UsageException(
          source
              + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr())
              + " is no experiment: "
              + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    }
  }

  /** A word that is none of those a key takes; anything else as Jackson says it. */
  private static String wrongValue(InvalidFormatException e) {
    if (e.getTargetType() != Finding.Place.class) {
      return e.getOriginalMessage().lines().findFirst().orElse("");
    }
    List<String> places =
        Arrays.stream(Finding.Place.values())
            .map(each -> YAML.convertValue(each, String.class))
            .toList();
    return NearestName.unknown("place", String.valueOf(e.getValue()), places);
  }

  private void check(String source) {
    if (name == null || methods.isEmpty()) {
      throw new UsageException(source + " needs a name and at least one method");
    }
    for (Method method : methods) {
      if (method.name() == null || method.tokenizer() == null) {
        throw new UsageException(source + ": every method needs 'method' and 'tokenizer'");
      }
    }
    new FindingCheck(source, methods.stream().map(Method::name).toList()).check(findings);
  }

  /**
   * The experiment's own options at a scale.
   *
   * @throws UsageException if there is no such scale, neither here nor for every experiment
   */
  public Map<String, String> options(String scale) {
    Set<String> known = new TreeSet<>(Scales.common().keySet());
    known.addAll(scales.keySet());
    if (!known.contains(scale)) {
      throw new UsageException(NearestName.unknown("scale", scale, known));
    }
    Map<String, String> layered = new LinkedHashMap<>(options);
    layered.putAll(scales.getOrDefault(scale, Map.of()));
    return layered;
  }
}
