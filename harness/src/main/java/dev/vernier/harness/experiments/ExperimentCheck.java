package dev.vernier.harness.experiments;

import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Refuses an experiment that cannot be run as its YAML says, whatever the plugins. */
final class ExperimentCheck {
  private final YamlLines lines;

  ExperimentCheck(YamlLines lines) {
    this.lines = lines;
  }

  /**
   * Checks all of it.
   *
   * @throws UsageException at the first thing that is wrong
   */
  void check(Experiment experiment) {
    List<Experiment.Method> methods = experiment.methods();
    if (experiment.name() == null || methods.isEmpty()) {
      throw new UsageException(lines.source() + " needs a name and at least one method");
    }
    checkName(experiment.name());
    experiment.scales().keySet().forEach(this::refuseSlip);
    Set<String> scales = new TreeSet<>(Scales.common().keySet());
    scales.addAll(experiment.scales().keySet());
    for (int i = 0; i < methods.size(); i++) {
      check(methods.get(i), List.of("methods", i), scales);
    }
    List<String> names = methods.stream().map(Experiment.Method::name).toList();
    checkFloor(experiment.floor(), names);
    new FindingCheck(lines.source(), names).check(experiment.findings());
  }

  private void checkFloor(String floor, List<String> methods) {
    if (floor != null && !methods.contains(floor)) {
      throw lines.wrong(
          List.of("floor"), "'floor': " + NearestName.unknown("method", floor, methods));
    }
  }

  private void checkName(String name) {
    boolean usable =
        !name.isBlank()
            && !name.contains("/")
            && !name.contains("\\")
            && !name.contains("..")
            && name.chars().noneMatch(Character::isISOControl);
    if (!usable) {
      throw lines.wrong(
          List.of("name"),
          "'name' cannot be '"
              + name.replaceAll("\\p{Cntrl}", "?")
              + "': the folder of a run is called after it, so it takes letters and no '/', '\\' or"
              + " '..'");
    }
  }

  /** An experiment may have scales of its own; one that looks like a common one is a slip. */
  private void refuseSlip(String scale) {
    Set<String> common = Scales.common().keySet();
    if (!common.contains(scale)) {
      NearestName.of(scale, common)
          .ifPresent(
              near -> {
                throw lines.wrong(
                    List.of("scales", scale),
                    "scale '"
                        + scale
                        + "' looks like a slip of '"
                        + near
                        + "': write that, or call a scale of your own something else");
              });
    }
  }

  private void check(Experiment.Method method, List<Object> at, Set<String> scales) {
    if (method.name() == null || method.tokenizer() == null) {
      throw lines.wrong(at, "every method needs 'method' and 'tokenizer'");
    }
    if (method.name().isBlank()) {
      throw lines.wrong(
          YamlLines.then(at, "method"), "'method' is blank: write what charts should call it");
    }
    checkGrid(method.grid(), YamlLines.then(at, "grid"));
    List<Object> layers = YamlLines.then(at, "scales");
    method
        .scales()
        .forEach(
            (scale, layer) -> {
              List<Object> here = YamlLines.then(layers, scale);
              if (!scales.contains(scale)) {
                throw lines.wrong(here, NearestName.unknown("scale", scale, scales));
              }
              checkGrid(layer.grid(), YamlLines.then(here, "grid"));
            });
  }

  private void checkGrid(Map<String, List<String>> grid, List<Object> at) {
    grid.forEach(
        (setting, values) -> {
          if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
            throw lines.wrong(
                YamlLines.then(at, setting),
                "the grid of '"
                    + setting
                    + "' has an empty value: write values separated by single commas, or a list");
          }
        });
  }
}
