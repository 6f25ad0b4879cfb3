package dev.vernier.harness.experiments;

import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.Setting;
import dev.vernier.spi.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Refuses values of an experiment that its plugins do not take, at their places in its file; what
 * comes from the command line is not looked at.
 */
record ValueCheck(Experiment experiment, Plugins plugins) {
  /**
   * Checks all of them.
   *
   * @throws UsageException at the first that is wrong
   */
  void check() {
    Map<String, List<Setting<?>>> schemas = new LinkedHashMap<>();
    RunOptions.all().forEach(each -> add(schemas, each.name(), each));
    List<Experiment.Method> methods = experiment.methods();
    for (int i = 0; i < methods.size(); i++) {
      Experiment.Method method = methods.get(i);
      if (!method.given()) {
        String prefix = method.generates() ? RunPlan.GENERATOR : "";
        List<Setting<?>> schema = schema(method, i);
        schema.forEach(each -> add(schemas, prefix + each.name(), each));
        check(method, i, schema);
      }
    }
    options(experiment.options(), schemas, "options");
    experiment.scales().forEach((scale, options) -> options(options, schemas, "scales", scale));
  }

  private static void add(Map<String, List<Setting<?>>> schemas, String key, Setting<?> setting) {
    schemas.computeIfAbsent(key, each -> new ArrayList<>()).add(setting);
  }

  private List<Setting<?>> schema(Experiment.Method method, int i) {
    String kind = method.generates() ? "generator" : "tokenizer";
    try {
      return method.generates()
          ? plugins.generator(method.generator()).settings()
          : plugins.tokenizer(method.tokenizer()).settings();
    } catch (UsageException e) {
      throw experiment.wrong(e, "methods", i, kind);
    }
  }

  private void check(Experiment.Method method, int i, List<Setting<?>> schema) {
    settings(method.settings(), schema, "methods", i, "settings");
    grid(method.grid(), schema, "methods", i, "grid");
    sampling(method.sampling(), "methods", i, "sampling");
    method
        .scales()
        .forEach(
            (scale, layer) -> {
              settings(layer.settings(), schema, "methods", i, "scales", scale, "settings");
              grid(layer.grid(), schema, "methods", i, "scales", scale, "grid");
              sampling(layer.sampling(), "methods", i, "scales", scale, "sampling");
            });
  }

  private void options(
      Map<String, String> options, Map<String, List<Setting<?>>> schemas, Object... path) {
    options.forEach(
        (key, text) -> {
          if (key.startsWith(RunPlan.SAMPLING)) {
            String name = key.substring(RunPlan.SAMPLING.length());
            GridValues.of(text).forEach(each -> at(() -> draw(name, each), path, key));
          } else {
            schemas
                .getOrDefault(key, List.of())
                .forEach(setting -> at(() -> setting.parse(text), path, key));
          }
        });
  }

  private void settings(Map<String, String> values, List<Setting<?>> schema, Object... path) {
    values.forEach(
        (key, text) -> {
          Setting<?> setting = setting(schema, key, path);
          at(() -> setting.parse(text), path, key, severalOf(setting, text, "a grid"));
        });
  }

  private void grid(Map<String, List<String>> values, List<Setting<?>> schema, Object... path) {
    values.forEach(
        (key, texts) -> {
          Setting<?> setting = setting(schema, key, path);
          texts.forEach(
              text -> at(() -> setting.parse(text), path, key, severalOf(setting, text, "a list")));
        });
  }

  private Setting<?> setting(List<Setting<?>> schema, String key, Object... path) {
    return schema.stream()
        .filter(each -> each.name().equals(key))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> names = schema.stream().<String>map(Setting::name).toList();
              return experiment.wrong(
                  new UsageException(NearestName.unknown("setting", key, names)), then(path, key));
            });
  }

  private void sampling(Map<String, List<String>> values, Object... path) {
    values.forEach((key, texts) -> texts.forEach(text -> at(() -> draw(key, text), path, key)));
  }

  private static void draw(String option, String text) {
    SamplingOptions.of(Map.of(option, text)).requireMeasurable();
  }

  private void at(Runnable reading, Object[] path, String key) {
    at(reading, path, key, "");
  }

  private void at(Runnable reading, Object[] path, String key, String hint) {
    try {
      reading.run();
    } catch (UsageException e) {
      throw experiment.wrong(new UsageException(e.getMessage() + hint, e), then(path, key));
    }
  }

  private static Object[] then(Object[] path, String key) {
    Object[] longer = Arrays.copyOf(path, path.length + 1);
    longer[path.length] = key;
    return longer;
  }

  /** What to write where a text is several values of a setting, however they are separated. */
  private static String severalOf(Setting<?> setting, String text, String where) {
    String[] parts = text.strip().split("[,;\\s]+");
    Consumer<String> reading = setting::parse;
    try {
      Arrays.stream(parts).forEach(reading);
    } catch (UsageException e) {
      return "";
    }
    return parts.length < 2
        ? ""
        : "; several values are "
            + where
            + ": "
            + Arrays.stream(parts).collect(Collectors.joining(", ", "[", "]"));
  }
}
