package dev.vernier.harness.experiments;

import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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
 * tokenizers, {@code generator.NAME} for those of the generators and {@code sampling.NAME} for
 * {@link SamplingOptions}, or those of a {@link Scope}, such as {@code data.NAME} for the
 * dataset's. Given tokenizers have the settings that their weights and their methods say: keys are
 * for what is trained.
 */
public final class RunPlan {
  /** How keys of generators' settings begin. */
  public static final String GENERATOR = "generator.";

  /** How keys of options of sampling begin. */
  public static final String SAMPLING = "sampling.";

  private static final String SCALE = "scale";
  private static final String EXPERIMENT = "experiment";

  /** Where settings come from that the command line gives. */
  public static final String COMMAND_LINE = "command line";

  private final Experiment experiment;
  private final String scale;
  private final Map<String, String> given;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> origins = new LinkedHashMap<>();
  private final Settings options;
  private final Plugins plugins;
  private final Map<Experiment.Method, GivenMethod> tokenizers;

  /**
   * Layers and checks.
   *
   * @param given the command line's settings by key
   * @throws UsageException if a key is unknown or a value is wrong, or if weights are not there or
   *     not what their method says
   */
  public RunPlan(Experiment experiment, String scale, Map<String, String> given, Plugins plugins)
      throws IOException {
    this(experiment, scale, given, plugins, tokenizers(experiment, plugins));
  }

  /**
   * The same for an experiment whose given tokenizers are known.
   *
   * @param tokenizers one for each method that is given
   */
  public RunPlan(
      Experiment experiment,
      String scale,
      Map<String, String> given,
      Plugins plugins,
      Map<Experiment.Method, GivenMethod> tokenizers) {
    this.experiment = experiment;
    this.tokenizers = Map.copyOf(tokenizers);
    this.scale = scale;
    this.given = Map.copyOf(given);
    this.plugins = plugins;
    new ValueCheck(experiment, plugins).check();
    RunOptions.all().forEach(each -> put(each.name(), text(each), "default"));
    Map<String, String> own = experiment.options(scale);
    Set<String> known = known();
    Scales.common().getOrDefault(scale, Map.of()).forEach((key, text) -> put(key, text, SCALE));
    for (Experiment.Method method : trained()) {
      MethodSettings schema = settings(method);
      schema.atScale().forEach((name, text) -> putAtScale(schema.prefix() + name, text));
    }
    own.forEach((key, text) -> put(key, text, EXPERIMENT));
    given.forEach((key, text) -> put(key, text, COMMAND_LINE));
    refuseUnknown(known);
    refuseUnused();
    Set<String> names = RunOptions.all().stream().map(Setting::name).collect(Collectors.toSet());
    Map<String, String> run = new LinkedHashMap<>(values);
    run.keySet().retainAll(names);
    this.options = Settings.of(RunOptions.all(), run);
    // One text for each value: these go into the identity of cells, and are read as numbers.
    values.putAll(options.asText());
  }

  private static Map<Experiment.Method, GivenMethod> tokenizers(
      Experiment experiment, Plugins plugins) throws IOException {
    Map<Experiment.Method, GivenMethod> tokenizers = new HashMap<>();
    for (Experiment.Method method : experiment.methods()) {
      if (method.given()) {
        try {
          tokenizers.put(method, GivenMethod.of(method, plugins));
        } catch (UsageException e) {
          throw experiment.wrong(method.name(), e);
        }
      }
    }
    return tokenizers;
  }

  /** The methods that keys hold for. */
  private List<Experiment.Method> trained() {
    return experiment.methods().stream().filter(each -> !each.given()).toList();
  }

  private static <T> String text(Setting<T> setting) {
    return setting.format(setting.defaultValue());
  }

  private void put(String key, String text, String origin) {
    values.put(key, text);
    origins.put(key, origin);
  }

  private void putAtScale(String key, String text) {
    if (!values.containsKey(key)) {
      put(key, text, SCALE);
    }
  }

  private MethodSettings settings(Experiment.Method method) {
    return method.generates()
        ? new MethodSettings(plugins.generator(method.generator()).settings(), GENERATOR, scale)
        : new MethodSettings(plugins.tokenizer(method.tokenizer()).settings(), "", scale);
  }

  /** Names of the run options, and of all settings of what is trained. */
  private Set<String> known() {
    Set<String> known = new LinkedHashSet<>();
    RunOptions.all().forEach(each -> known.add(each.name()));
    for (Experiment.Method method : trained()) {
      known.addAll(settings(method).keys());
      if (method.generates()) {
        SamplingOptions.all().forEach(each -> known.add(SAMPLING + each.name()));
      }
    }
    return known;
  }

  private void refuseUnknown(Set<String> known) {
    for (String key : values.keySet()) {
      if (!Scope.any(key) && !known.contains(key)) {
        UsageException unknown = unknown(key, known);
        throw origins.get(key).equals(EXPERIMENT)
            ? experiment.wrong(unknown, places(key))
            : unknown;
      }
    }
  }

  /** Options of a generator's training, where somebody gives them and there is none. */
  private void refuseUnused() {
    if (experiment.methods().stream().anyMatch(Experiment.Method::generates)) {
      return;
    }
    for (Setting<?> option :
        List.of(
            RunOptions.GENERATOR_STEPS,
            RunOptions.GENERATOR_BATCH_SIZE,
            RunOptions.GENERATOR_TEN_CROP)) {
      String key = option.name();
      String origin = origins.get(key);
      UsageException unused =
          new UsageException(key + " is for generators, and this run has none: leave it out");
      if (origin.equals(EXPERIMENT)) {
        throw experiment.wrong(unused, places(key));
      }
      if (origin.equals(COMMAND_LINE)) {
        throw unused;
      }
    }
  }

  /** Where the experiment says an option. */
  private Object[] places(String key) {
    return experiment.scales().getOrDefault(scale, Map.of()).containsKey(key)
        ? new Object[] {"scales", scale, key}
        : new Object[] {"options", key};
  }

  /**
   * What is wrong with an option or a method, with its place where the experiment's file says it.
   *
   * @param e of the option as a setting; else one whose words repeat its value, or begin with the
   *     method
   */
  public UsageException located(UsageException e) {
    for (Experiment.Method method : experiment.methods()) {
      if (e.getMessage().startsWith(method.name() + ": ")) {
        return located(method.name(), e);
      }
    }
    Optional<String> option =
        e.setting().isPresent()
            ? e.setting().filter(this::isOwn)
            : values.keySet().stream()
                .filter(key -> isOwn(key) && quotes(e.getMessage(), key))
                .findFirst();
    return option.map(key -> experiment.wrong(e, places(key))).orElse(e);
  }

  /** Whether the experiment says an option, and nothing over it. */
  private boolean isOwn(String key) {
    return EXPERIMENT.equals(origins.get(key));
  }

  /** Whether words that are of no setting repeat an option or its value. */
  private boolean quotes(String message, String key) {
    String value = values.get(key);
    return message.contains("'" + value + "'") || message.contains(key + "=" + value);
  }

  /**
   * What is wrong with a cell, with the place of its method where no setting of the command line
   * brought it about.
   */
  public UsageException located(CellPlan cell, UsageException e) {
    return located(cell.method(), e);
  }

  private UsageException located(String row, UsageException e) {
    return given.keySet().stream().anyMatch(key -> Experiment.names(e.getMessage(), key))
        ? e
        : experiment.wrong(row, e);
  }

  private UsageException unknown(String key, Set<String> known) {
    Set<String> names = new LinkedHashSet<>(known);
    for (Experiment.Method method : experiment.methods()) {
      if (method.given()) {
        Set<String> own = tokenizers.get(method).settings().keySet();
        if (own.contains(key)) {
          return new UsageException(
              "nothing that is trained has the setting "
                  + key
                  + ": for the given tokenizer write it into the 'settings' of "
                  + method.name());
        }
        names.addAll(own);
      }
    }
    return new UsageException(NearestName.unknown("setting", key, names));
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

  /** The seeds, one after the other. */
  public List<Long> seeds() {
    long first = options.get(RunOptions.FIRST_SEED);
    return LongStream.range(first, first + options.get(RunOptions.SEEDS)).boxed().toList();
  }

  /**
   * All cells: methods in order, then their grid, then seeds; of a given tokenizer there is one.
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
    // By id: equal cells would share a folder, and count as further seeds.
    Map<String, CellPlan> cells = new LinkedHashMap<>();
    Map<String, List<CellPlan>> tokenizers = new LinkedHashMap<>();
    for (Experiment.Method method : experiment.methods()) {
      if (method.generates()) {
        generators(method, tokenizers.get(method.on()), shared)
            .forEach(cell -> add(cell, method, cells));
      } else {
        List<CellPlan> own =
            method.given() ? List.of(given(method, shared)) : tokenizers(method, shared, trunk);
        own.forEach(cell -> add(cell, method, cells));
        tokenizers.computeIfAbsent(method.name(), name -> new ArrayList<>()).addAll(own);
      }
    }
    return List.copyOf(cells.values());
  }

  private void add(CellPlan cell, Experiment.Method method, Map<String, CellPlan> cells) {
    if (cells.putIfAbsent(cell.id(), cell) != null) {
      throw located(
          cell, twice(method, method.generates() ? cell.generation().settings() : cell.settings()));
    }
  }

  private CellPlan given(Experiment.Method method, Map<String, String> shared) {
    GivenMethod taken = tokenizers.get(method);
    return CellPlan.of(
        method.name(),
        taken.tokenizer(),
        taken.settings(),
        measured(RunOptions.IMAGES, RunOptions.BOOTSTRAP),
        taken.given(),
        seeds().get(0),
        shared);
  }

  private List<CellPlan> tokenizers(
      Experiment.Method method,
      Map<String, String> shared,
      Function<CellPlan, Optional<String>> trunk) {
    Map<String, String> training =
        measured(RunOptions.STEPS, RunOptions.BATCH_SIZE, RunOptions.IMAGES, RunOptions.BOOTSTRAP);
    List<CellPlan> cells = new ArrayList<>();
    for (Map<String, String> settings : combinations(method)) {
      for (long seed : seeds()) {
        CellPlan fresh =
            CellPlan.of(method.name(), method.tokenizer(), settings, training, null, seed, shared);
        cells.add(trunk.apply(fresh).map(hash -> fresh.beginningFrom(hash, shared)).orElse(fresh));
      }
    }
    return cells;
  }

  /** Every generator first, then what is drawn from each; on a given tokenizer one a seed. */
  private List<CellPlan> generators(
      Experiment.Method method, List<CellPlan> foundations, Map<String, String> shared) {
    Map<String, String> training =
        chosen(
            RunOptions.GENERATOR_STEPS,
            RunOptions.GENERATOR_BATCH_SIZE,
            RunOptions.GENERATOR_TEN_CROP);
    List<CellPlan> cells = new ArrayList<>();
    for (Map<String, String> settings : combinations(method)) {
      for (CellPlan tokenizer : foundations) {
        GenerationPlan plan =
            new GenerationPlan(
                tokenizer.id(), null, method.generator(), settings, training, Map.of());
        for (long seed : tokenizer.untrained() ? seeds() : List.of(tokenizer.seed())) {
          cells.add(tokenizer.generating(method.name(), seed, plan, shared));
        }
      }
    }
    Sweep sweep = method.sweep(scale).over(givenSampling());
    for (CellPlan generator : List.copyOf(cells)) {
      for (Map<String, String> options : sweep.combinations()) {
        cells.add(sampled(generator, sweep.name(method.name(), options), options, shared));
      }
    }
    return cells;
  }

  private CellPlan sampled(
      CellPlan generator, String name, Map<String, String> options, Map<String, String> shared) {
    GenerationPlan trained = generator.generation();
    Map<String, String> layered = SamplingOptions.at(scale);
    layered.putAll(options);
    SamplingOptions.of(layered).requireMeasurable();
    Map<String, String> sampling = Settings.of(SamplingOptions.all(), layered).asText();
    GenerationPlan plan =
        new GenerationPlan(
            trained.tokenizerCell(),
            generator.id(),
            trained.generator(),
            trained.settings(),
            trained.training(),
            sampling);
    return generator.generating(name, generator.seed(), plan, shared);
  }

  /** The sampling that the command line or the experiment's options give, over that of methods. */
  private Map<String, List<String>> givenSampling() {
    Map<String, List<String>> sampling = new LinkedHashMap<>();
    values.forEach(
        (key, text) -> {
          if (key.startsWith(SAMPLING)) {
            sampling.put(key.substring(SAMPLING.length()), GridValues.of(text));
          }
        });
    return sampling;
  }

  private Map<String, String> chosen(Setting<?>... names) {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (Setting<?> each : names) {
      chosen.put(each.name(), values.get(each.name()));
    }
    return chosen;
  }

  /** The same for what is measured, with the protocols of papers where there are any. */
  private Map<String, String> measured(Setting<?>... names) {
    Map<String, String> measured = chosen(names);
    String protocols = values.get(RunOptions.PROTOCOLS.name());
    if (!protocols.equals(RunOptions.PROTOCOLS.defaultValue())) {
      measured.put(RunOptions.PROTOCOLS.name(), protocols);
    }
    return measured;
  }

  private UsageException twice(Experiment.Method method, Map<String, String> settings) {
    Experiment.Layer layer = method.at(scale);
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

  private List<Map<String, String>> combinations(Experiment.Method method) {
    Map<String, String> spoken = new LinkedHashMap<>(values);
    spoken.keySet().removeIf(key -> origins.get(key).equals(SCALE));
    return settings(method).combinations(method, spoken, given);
  }
}
