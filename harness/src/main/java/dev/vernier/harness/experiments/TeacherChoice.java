package dev.vernier.harness.experiments;

import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.FeatureExtractorProvider;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.TeacherRequirements;
import dev.vernier.spi.UsageException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The frozen vision models that a run gives tokenizers to learn from. Among a run's options, {@code
 * teacher} is the file of the model for every sub-codebook that learns, and {@code teacher.NAME}
 * that of one sub-codebook; {@code teacher.SETTING} is a setting of all of them, and {@code
 * teacher.NAME.SETTING} of one.
 *
 * @param settings of the extractor {@link Plugins#teachers} by name of the sub-codebook, {@link
 *     #OTHERS} for all that are not named
 */
public record TeacherChoice(Map<String, Settings> settings) {
  /** Stands for the sub-codebooks that have no teacher of their own. */
  public static final String OTHERS = "*";

  /** Copies the map. */
  public TeacherChoice {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /**
   * Reads it off a run's options.
   *
   * @throws UsageException if settings are wrong, or if there are some and no file
   */
  public static TeacherChoice of(Map<String, String> options, Plugins plugins) {
    FeatureExtractorProvider provider = plugins.teachers();
    String fileSetting = provider.teacherFile().orElseThrow();
    List<Setting<?>> schema = provider.settings();
    Set<String> names = schema.stream().map(Setting::name).collect(Collectors.toSet());
    Map<String, String> shared = new LinkedHashMap<>();
    Map<String, Map<String, String>> own = new TreeMap<>();
    String file = options.get(RunOptions.TEACHER.name());
    if (!file.isEmpty()) {
      shared.put(fileSetting, file);
    }
    Scope.TEACHER
        .of(options)
        .forEach(
            (key, text) -> {
              if (names.contains(key)) {
                shared.put(key, text);
              } else {
                String[] parts = key.split("\\.", 2);
                own.computeIfAbsent(parts[0], name -> new LinkedHashMap<>())
                    .put(parts.length == 1 ? fileSetting : parts[1], text);
              }
            });
    if (shared.containsKey(fileSetting) || (own.isEmpty() && !shared.isEmpty())) {
      own.put(OTHERS, new LinkedHashMap<>());
    }
    Map<String, Settings> settings = new TreeMap<>();
    own.forEach(
        (name, changed) -> {
          Map<String, String> both = new LinkedHashMap<>(shared);
          both.putAll(changed);
          try {
            settings.put(name, settings(name, both, fileSetting, schema));
          } catch (UsageException e) {
            throw e.under(
                setting -> key(changed.containsKey(setting) ? name : OTHERS, setting, fileSetting));
          }
        });
    return new TeacherChoice(settings);
  }

  /** The option that a setting was read from. */
  private static String key(String name, String setting, String fileSetting) {
    if (setting.equals(fileSetting)) {
      return name.equals(OTHERS) ? RunOptions.TEACHER.name() : Scope.TEACHER.key(name);
    }
    return Scope.TEACHER.key(name.equals(OTHERS) ? setting : name + "." + setting);
  }

  private static Settings settings(
      String name, Map<String, String> given, String fileSetting, List<Setting<?>> schema) {
    if (!given.containsKey(fileSetting)) {
      throw new UsageException(
          "there are settings of a teacher and no teacher: give its file with --teacher "
              + (name.equals(OTHERS) ? "" : name + "=")
              + "FILE");
    }
    return Settings.of(schema, given);
  }

  /** Whether a sub-codebook that requires a teacher is given none. */
  boolean lacks(TeacherRequirements requirements) {
    return !settings.containsKey(OTHERS) && !settings.keySet().containsAll(requirements.required());
  }

  /**
   * Refuses a teacher that would teach nothing.
   *
   * @param cells all of the run
   * @throws UsageException if no cell has the sub-codebook, or if it does not learn
   */
  public void refuseUnused(List<CellPlan> cells, Plugins plugins) {
    if (settings.isEmpty()) {
      return;
    }
    Set<String> required = new TreeSet<>();
    Set<String> known = new TreeSet<>();
    for (CellPlan cell : cells) {
      TeacherRequirements requirements = cell.teacherRequirements(plugins);
      required.addAll(requirements.required());
      known.addAll(requirements.names());
    }
    if (known.isEmpty()) {
      throw new UsageException(
          "nothing in this run learns from a teacher: leave --teacher out, or turn that on by a"
              + " setting that 'vernier list "
              + cells.get(0).tokenizer()
              + "' shows");
    }
    refuseUnknown(known);
    if (settings.containsKey(OTHERS) && settings.keySet().containsAll(required)) {
      throw new UsageException(
          "every sub-codebook that learns has a teacher of its own ("
              + String.join(", ", required)
              + "): leave out the --teacher without a name");
    }
  }

  private void refuseUnknown(Set<String> known) {
    Set<String> keys =
        known.stream().map(Scope.TEACHER::key).collect(Collectors.toCollection(TreeSet::new));
    settings.values().iterator().next().names().forEach(name -> keys.add(Scope.TEACHER.key(name)));
    for (String name : settings.keySet()) {
      if (!name.equals(OTHERS) && !known.contains(name)) {
        throw new UsageException(NearestName.unknown("setting", Scope.TEACHER.key(name), keys));
      }
    }
  }
}
