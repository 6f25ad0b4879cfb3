package dev.vernier.harness.experiments;

import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * An experiment at a scale with the command line's settings over it, checked: every key is known,
 * every value within its bounds. Keys are run options ({@link RunOptions}), settings of the
 * tokenizers, or those of a {@link Scope}, such as {@code data.NAME} for the dataset's.
 */
public final class RunPlan {
  private static final String SCALE = "scale";
  private final Experiment experiment;
  private final String scale;
  private final Map<String, String> given;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> origins = new LinkedHashMap<>();
  private final Settings options;
  private final Plugins plugins;

  /**
   * Layers and checks.
   *
   * @param given the command line's settings by key
   * @throws UsageException if a key is unknown or a value is wrong
   */
  public RunPlan(Experiment experiment, String scale, Map<String, String> given, Plugins plugins) {
    this.experiment = experiment;
    this.scale = scale;
    this.given = Map.copyOf(given);
    this.plugins = plugins;
    RunOptions.all().forEach(each -> put(each.name(), text(each), "default"));
    Map<String, String> own = experiment.options(scale);
    Set<String> known = known();
    Scales.common().getOrDefault(scale, Map.of()).forEach((key, text) -> put(key, text, SCALE));
    for (Experiment.Method method : experiment.methods()) {
      atScale(method)
          .forEach(
              (key, text) -> {
                if (!values.containsKey(key)) {
                  put(key, text, SCALE);
                }
              });
    }
    own.forEach((key, text) -> put(key, text, "experiment"));
    given.forEach((key, text) -> put(key, text, "command line"));
    refuseUnknown(known);
    Set<String> names = RunOptions.all().stream().map(Setting::name).collect(Collectors.toSet());
    Map<String, String> run = new LinkedHashMap<>(values);
    run.keySet().retainAll(names);
    this.options = Settings.of(RunOptions.all(), run);
    // One text for each value: these go into the identity of cells, and are read as numbers.
    values.putAll(options.asText());
  }

  private static <T> String text(Setting<T> setting) {
    return setting.format(setting.defaultValue());
  }

  private void put(String key, String text, String origin) {
    values.put(key, text);
    origins.put(key, origin);
  }

  /** What the scale means for the tokenizer of a method. */
  private Map<String, String> atScale(Experiment.Method method) {
    Map<String, String> own = new LinkedHashMap<>();
    for (Setting<?> each : plugins.tokenizer(method.tokenizer()).settings()) {
      each.at(scale).ifPresent(text -> own.put(each.name(), text));
    }
    return own;
  }

  /** Names of the run options and of all settings of the methods' tokenizers. */
  private Set<String> known() {
    Set<String> known = new LinkedHashSet<>();
    RunOptions.all().forEach(each -> known.add(each.name()));
    for (Experiment.Method method : experiment.methods()) {
      plugins.tokenizer(method.tokenizer()).settings().forEach(each -> known.add(each.name()));
    }
    return known;
  }

  private void refuseUnknown(Set<String> known) {
    for (String key : values.keySet()) {
      if (!Scope.any(key) && !known.contains(key)) {
        throw new UsageException(NearestName.unknown("setting", key, known));
      }
    }
  }

  /** The experiment. */
  public Experiment experiment() {
    return experiment;
  }

  /** The scale. */
  public String scale() {
    return scale;
  }

  /** What the command line gave. */
  public Map<String, String> given() {
    return new TreeMap<>(given);
  }

  /** Every option after defaults, as text; run options as {@link Setting#format} writes them. */
  public Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  /** Where each came from. */
  public Map<String, String> origins() {
    return Collections.unmodifiableMap(origins);
  }

  /** The run options. */
  public Settings options() {
    return options;
  }

  /** The seeds, from 1. */
  public List<Long> seeds() {
    return LongStream.rangeClosed(1, options.get(RunOptions.SEEDS)).boxed().toList();
  }

  /**
   * All cells: methods in order, then their grid, then seeds.
   *
   * @param shared what the run adds to each cell's identity
   * @throws UsageException if two of them are the same
   */
  public List<CellPlan> cells(Map<String, String> shared) {
    return cells(shared, cell -> Optional.empty());
  }

  /**
   * The same cells beginning from trunks.
   *
   * @param trunk gives the hash of the trunk that a cell begins from, a part of its identity; empty
   *     where it begins from fresh weights
   */
  public List<CellPlan> cells(
      Map<String, String> shared, Function<CellPlan, Optional<String>> trunk) {
    Map<String, String> training = new LinkedHashMap<>();
    for (Setting<?> each :
        List.of(RunOptions.STEPS, RunOptions.BATCH_SIZE, RunOptions.IMAGES, RunOptions.BOOTSTRAP)) {
      training.put(each.name(), values.get(each.name()));
    }
    // By id: equal cells would share a folder, and count as further seeds.
    Map<String, CellPlan> cells = new LinkedHashMap<>();
    for (Experiment.Method method : experiment.methods()) {
      for (Map<String, String> settings : combinations(method)) {
        for (long seed : seeds()) {
          CellPlan fresh =
              CellPlan.of(method.name(), method.tokenizer(), settings, training, seed, shared);
          CellPlan cell =
              trunk.apply(fresh).map(hash -> fresh.beginningFrom(hash, shared)).orElse(fresh);
          if (cells.putIfAbsent(cell.id(), cell) != null) {
            throw twice(method, settings);
          }
        }
      }
    }
    return List.copyOf(cells.values());
  }

  private UsageException twice(Experiment.Method method, Map<String, String> settings) {
    Experiment.Layer layer = layer(method);
    String own =
        Stream.of(method.settings(), layer.settings(), method.grid(), layer.grid())
            .flatMap(each -> each.keySet().stream())
            .distinct()
            .map(name -> name + "=" + settings.get(name))
            .collect(Collectors.joining(", "));
    return new UsageException(
        "method "
            + method.name()
            + " has two cells with "
            + (own.isEmpty() ? "the same settings" : own)
            + ": give each value of a grid once, and each method a name of its own");
  }

  private Experiment.Layer layer(Experiment.Method method) {
    return method.scales().getOrDefault(scale, new Experiment.Layer(Map.of(), Map.of()));
  }

  private List<Map<String, String>> combinations(Experiment.Method method) {
    List<Setting<?>> schema = plugins.tokenizer(method.tokenizer()).settings();
    Set<String> names = schema.stream().map(Setting::name).collect(Collectors.toSet());
    Experiment.Layer layer = layer(method);
    // Another tokenizer's scale may mean something else by a setting of the same name.
    Map<String, String> base = new LinkedHashMap<>(atScale(method));
    values.forEach(
        (name, text) -> {
          if (names.contains(name) && !origins.get(name).equals(SCALE)) {
            base.put(name, text);
          }
        });
    base.keySet().removeAll(RunOptions.all().stream().map(Setting::name).toList());
    base.putAll(method.settings());
    base.putAll(layer.settings());
    Map<String, List<String>> grid = new LinkedHashMap<>(method.grid());
    grid.putAll(layer.grid());
    given.forEach(
        (key, text) -> {
          if (grid.containsKey(key)) {
            grid.put(key, GridValues.of(text));
          } else if (names.contains(key)) {
            base.put(key, text);
          }
        });
    List<Map<String, String>> expanded = List.of(base);
    for (Map.Entry<String, List<String>> axis : grid.entrySet()) {
      expanded = expanded.stream().flatMap(each -> vary(each, axis).stream()).toList();
    }
    return expanded.stream().map(each -> Settings.of(schema, each).asText()).toList();
  }

  private static List<Map<String, String>> vary(
      Map<String, String> settings, Map.Entry<String, List<String>> axis) {
    return axis.getValue().stream()
        .map(
            value -> {
              Map<String, String> varied = new LinkedHashMap<>(settings);
              varied.put(axis.getKey(), value);
              return varied;
            })
        .toList();
  }
}
