package dev.vernier.harness.experiments;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.vernier.records.Finding;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

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
 * @param floor name of the method that every other one has to beat to be judged; null for none
 * @param findings what a run of it may find again
 * @param tuning what it chooses settings by; null where it is no search for settings
 * @param lines where all of this stands in its file; null where there is none
 */
public record Experiment(
    String name,
    String title,
    Map<String, String> options,
    Map<String, Map<String, String>> scales,
    List<Method> methods,
    String floor,
    List<Finding> findings,
    Tuning tuning,
    @JsonIgnore YamlLines lines) {
  /** Names of the experiments that come with Vernier. */
  public static final List<String> BUILT_IN =
      List.of(
          "fig1", "fig3", "fig4", "fig5", "rate", "table1", "table2", "table3", "table4", "tune");

  /** The scale of an experiment made by {@link #single}. */
  public static final String SINGLE = "single";

  /** Copies the collections; absent ones become empty. */
  public Experiment {
    options = ordered(options);
    scales = ordered(scales);
    methods = methods == null ? List.of() : List.copyOf(methods);
    findings = findings == null ? List.of() : List.copyOf(findings);
  }

  /**
   * One line of a chart: a tokenizer and its settings, one cell for each combination of the grid.
   * Or a tokenizer that was trained before or elsewhere, one cell in all. Or a generator and its
   * settings, a cell for each combination on each cell of a method above it.
   *
   * @param name what legends call it
   * @param tokenizer name of the plugin; null for a generator, and where what is given says it
   * @param source what is given in place of training, paths absolute or from the folder of the
   *     experiment's file
   * @param on name of the method above whose tokenizers a generator stands on
   * @param generator name of the plugin; null for a tokenizer
   * @param settings of the plugin; over those that given weights say
   * @param grid values by setting, a list of them or text separated by commas; every combination is
   *     a cell
   * @param sampling values by option of {@link SamplingOptions}, like those of a grid; every
   *     combination is a cell of images that one generator draws; none where there are no options
   * @param scales settings, grids and sampling by scale, over those above
   */
  public record Method(
      String name,
      String tokenizer,
      GivenSource source,
      String on,
      String generator,
      Map<String, String> settings,
      Map<String, List<String>> grid,
      Map<String, List<String>> sampling,
      Map<String, Layer> scales) {
    /** Copies the maps; absent ones become empty, and an absent source is none. */
    public Method {
      source = source == null ? GivenSource.NONE : source;
      settings = ordered(settings);
      grid = ordered(grid);
      sampling = ordered(sampling);
      scales = ordered(scales);
    }

    @JsonCreator
    static Method of(
        @JsonProperty("method") String method,
        @JsonProperty("tokenizer") String tokenizer,
        @JsonProperty("weights") String weights,
        @JsonProperty("onnx") GivenSource.Onnx onnx,
        @JsonProperty("reconstructions") String reconstructions,
        @JsonProperty("codes") String codes,
        @JsonProperty("codebooks") List<String> codebooks,
        @JsonProperty("downsampling") String downsampling,
        @JsonProperty("on") String on,
        @JsonProperty("generator") String generator,
        @JsonProperty("settings") Map<String, String> settings,
        @JsonProperty("grid") @JsonDeserialize(contentUsing = GridValues.class)
            Map<String, List<String>> grid,
        @JsonProperty("sampling") @JsonDeserialize(contentUsing = GridValues.class)
            Map<String, List<String>> sampling,
        @JsonProperty("scales") Map<String, Layer> scales) {
      GivenSource source =
          new GivenSource(weights, onnx, reconstructions, codes, codebooks, downsampling);
      return new Method(method, tokenizer, source, on, generator, settings, grid, sampling, scales);
    }

    /** One that is given. */
    public static Method given(String name, GivenSource source, Map<String, String> settings) {
      return new Method(name, null, source, null, null, settings, Map.of(), Map.of(), Map.of());
    }

    /** Whether it is a generator. */
    public boolean generates() {
      return generator != null;
    }

    /** Whether it is a tokenizer that is not trained but given. */
    public boolean given() {
      return source.any();
    }

    /** The same with what is given in a folder, unless it has an absolute path. */
    private Method in(Path folder) {
      return new Method(
          name, tokenizer, source.in(folder), on, generator, settings, grid, sampling, scales);
    }

    private Set<String> values(String part) {
      return switch (part) {
        case "settings" -> settings.keySet();
        case "grid" -> grid.keySet();
        default -> sampling.keySet();
      };
    }

    /** What a scale changes in it. */
    Layer at(String scale) {
      return scales.getOrDefault(scale, new Layer(Map.of(), Map.of(), Map.of()));
    }

    /** Its sampling at a scale: a combination of options each. */
    Sweep sweep(String scale) {
      Map<String, List<String>> layered = new LinkedHashMap<>(sampling);
      layered.putAll(at(scale).sampling());
      return new Sweep(layered);
    }
  }

  /**
   * What a scale changes in a method.
   *
   * @param settings over the method's
   * @param grid over the method's
   * @param sampling over the method's
   */
  public record Layer(
      Map<String, String> settings,
      @JsonDeserialize(contentUsing = GridValues.class) Map<String, List<String>> grid,
      @JsonDeserialize(contentUsing = GridValues.class) Map<String, List<String>> sampling) {
    /** Copies the maps; absent ones become empty. */
    public Layer {
      settings = ordered(settings);
      grid = ordered(grid);
      sampling = ordered(sampling);
    }
  }

  /** An experiment with one cell a seed: a tokenizer with the settings given to it. */
  public static Experiment single(String name, String tokenizer, Map<String, String> options) {
    Method method =
        new Method(
            tokenizer,
            tokenizer,
            GivenSource.NONE,
            null,
            null,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of());
    return given(name, name + " " + tokenizer, List.of(method), options);
  }

  /**
   * An experiment of what is given, one cell each.
   *
   * @param title what reports print above it
   * @param sources by what legends call them
   */
  public static Experiment given(
      String name, String title, Map<String, GivenSource> sources, Map<String, String> options) {
    List<Method> methods =
        sources.entrySet().stream()
            .map(each -> Method.given(each.getKey(), each.getValue(), Map.of()))
            .toList();
    return given(name, title, methods, options);
  }

  /**
   * The same of methods.
   *
   * @throws UsageException if one cannot be called as it is
   */
  public static Experiment given(
      String name, String title, List<Method> methods, Map<String, String> options) {
    methods.forEach(each -> MethodName.require(each.name()));
    return new Experiment(
        name, title, options, Map.of(SINGLE, Map.of()), methods, null, List.of(), null, null);
  }

  /** The same with what its methods are given in a folder, unless it has absolute paths. */
  private Experiment in(Path folder) {
    List<Method> there = methods.stream().map(each -> each.in(folder)).toList();
    return new Experiment(name, title, options, scales, there, floor, findings, tuning, lines);
  }

  /** The same with the places of its values. */
  Experiment at(YamlLines places) {
    return new Experiment(name, title, options, scales, methods, floor, findings, tuning, places);
  }

  /**
   * What is wrong, with the place of a value in the file; without one where there is no file.
   *
   * @param path keys and indices from the top
   */
  UsageException wrong(UsageException e, Object... path) {
    return lines == null ? e : caused(lines.wrong(List.of(path), e.getMessage()), e);
  }

  /**
   * What is wrong with the cells of a method, with the place of the setting that the words name, or
   * else of the method.
   *
   * @param row the method, or what is drawn from it
   */
  public UsageException wrong(String row, UsageException e) {
    for (int i = 0; i < methods.size(); i++) {
      Method method = methods.get(i);
      if (row.equals(method.name()) || row.startsWith(method.name() + ", ")) {
        for (String part : List.of("settings", "grid", "sampling")) {
          for (String key : method.values(part)) {
            if (names(e.getMessage(), key)) {
              return wrong(e, "methods", i, part, key);
            }
          }
        }
        return wrong(e, "methods", i);
      }
    }
    return wrong(e);
  }

  /** Whether words name a setting. */
  static boolean names(String message, String key) {
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(key) + "(?![\\w-])")
        .matcher(message)
        .find();
  }

  private static UsageException caused(UsageException wrong, UsageException cause) {
    wrong.initCause(cause);
    return wrong;
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * A built-in experiment by name, or one from a YAML file. Relative paths in it begin at the
   * file's folder.
   *
   * @throws UsageException if there is neither, or the file is wrong
   */
  public static Experiment load(String nameOrFile) throws IOException {
    if (BUILT_IN.contains(nameOrFile)) {
      return ExperimentYaml.read(nameOrFile, yaml(nameOrFile));
    }
    Path file = Path.of(nameOrFile);
    if (Files.isRegularFile(file)) {
      return ExperimentYaml.read(nameOrFile, text(file)).in(file.toAbsolutePath().getParent());
    }
    throw new UsageException(
        NearestName.unknown("experiment", nameOrFile, BUILT_IN) + ", or a YAML file");
  }

  /** The YAML of a built-in experiment. */
  public static String yaml(String builtIn) throws IOException {
    try (InputStream in = Experiment.class.getResourceAsStream(builtIn + ".yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** An experiment whose comments explain every key that there is. */
  public static String explained() throws IOException {
    return yaml("experiment");
  }

  private static String text(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
    text.flip();
    if (result.isError()) {
      long line = 1 + text.chars().filter(sign -> sign == '\n').count();
      throw new UsageException(
          file + " is not UTF-8 text, see line " + line + ": save it as UTF-8");
    }
    return text.toString();
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
