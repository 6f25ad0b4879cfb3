package dev.vernier.harness.experiments;

import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings of one method's cells. Precedence, lowest first: what the scale means for the
 * plugin, the options of the experiment, the settings of the method, those of its scale, the
 * command line.
 *
 * @param schema the plugin's settings
 * @param prefix how options for it begin
 * @param scale name of the scale
 */
record MethodSettings(List<Setting<?>> schema, String prefix, String scale) {
  /** What the scale means for the plugin. */
  Map<String, String> atScale() {
    Map<String, String> own = new LinkedHashMap<>();
    schema.forEach(each -> each.at(scale).ifPresent(text -> own.put(each.name(), text)));
    return own;
  }

  /** Keys of options that are settings of the plugin. */
  List<String> keys() {
    return schema.stream().map(each -> prefix + each.name()).toList();
  }

  /**
   * The settings of each cell.
   *
   * @param options of the run by key, without those that only other plugins have from the scale
   * @param given the command line's settings by key
   */
  List<Map<String, String>> combinations(
      Experiment.Method method, Map<String, String> options, Map<String, String> given) {
    Set<String> names = schema.stream().map(Setting::name).collect(Collectors.toSet());
    Experiment.Layer layer = method.at(scale);
    // Another plugin's scale may mean something else by a setting of the same name.
    Map<String, String> base = new LinkedHashMap<>(atScale());
    base.putAll(own(options, names));
    base.keySet().removeAll(RunOptions.all().stream().map(Setting::name).toList());
    base.putAll(method.settings());
    base.putAll(layer.settings());
    Map<String, List<String>> grid = new LinkedHashMap<>(method.grid());
    grid.putAll(layer.grid());
    unprefixed(given)
        .forEach(
            (key, text) -> {
              if (grid.containsKey(key)) {
                grid.put(key, GridValues.of(text));
              } else if (names.contains(key)) {
                base.put(key, text);
              }
            });
    return SettingsGrid.expand(base, grid).stream()
        .map(each -> Settings.of(schema, each).asText())
        .toList();
  }

  private Map<String, String> own(Map<String, String> options, Set<String> names) {
    Map<String, String> own = unprefixed(options);
    own.keySet().retainAll(names);
    return own;
  }

  private Map<String, String> unprefixed(Map<String, String> options) {
    Map<String, String> own = new LinkedHashMap<>();
    options.forEach(
        (key, text) -> {
          if (key.startsWith(prefix)) {
            own.put(key.substring(prefix.length()), text);
          }
        });
    return own;
  }
}
