package dev.vernier.harness.experiments;

import dev.vernier.spi.NearestName;
import dev.vernier.spi.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
      throw lines.wrong(List.of("methods"), "an experiment needs a name and at least one method");
    }
    checkName(experiment.name());
    experiment.scales().keySet().forEach(this::refuseSlip);
    Set<String> scales = new TreeSet<>(Scales.common().keySet());
    scales.addAll(experiment.scales().keySet());
    Set<String> tokenizers = new LinkedHashSet<>();
    List<String> floors = new ArrayList<>();
    Set<String> rows = new LinkedHashSet<>();
    Map<String, String> drawn = new HashMap<>();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < methods.size(); i++) {
      Experiment.Method method = methods.get(i);
      check(method, List.of("methods", i), scales);
      refuseSecond(method.name(), places.putIfAbsent(method.name().strip(), i), i);
      rows.add(method.name());
      if (method.generates()) {
        checkOn(method, List.of("methods", i), tokenizers);
        for (String scale : scales) {
          for (String row : method.sweep(scale).names(method.name())) {
            rows.add(row);
            drawn.put(row, method.name());
          }
        }
      } else {
        floors.add(method.name());
        if (!method.given() || method.source().decodes()) {
          tokenizers.add(method.name());
        }
      }
    }
    for (int i = 0; i < methods.size(); i++) {
      refuseNameOfSamples(methods.get(i), List.of("methods", i), drawn);
    }
    checkFloor(experiment.floor(), floors);
    if (experiment.tuning() != null) {
      checkTuning(experiment, scales);
    }
    new FindingCheck(lines, List.copyOf(rows)).check(experiment.findings());
  }

  /** Two methods of one name would be one line of a chart, and their cells one another's seeds. */
  private void refuseSecond(String name, Integer first, int second) {
    if (first != null) {
      throw lines.wrong(
          List.of("methods", second, "method"),
          "two methods are called '"
              + name
              + "', the first in line "
              + lines.line(List.of("methods", first, "method"))
              + ": give each a name of its own");
    }
  }

  private void checkOn(Experiment.Method method, List<Object> at, Set<String> tokenizers) {
    if (!tokenizers.contains(method.on())) {
      throw lines.wrong(
          YamlLines.then(at, "on"),
          "'on': "
              + NearestName.unknown("tokenizer above it", String.valueOf(method.on()), tokenizers));
    }
  }

  /**
   * What is drawn from a generator is a row of its own, which no method may be called.
   *
   * @param drawn such rows, and the generator of each
   */
  private void refuseNameOfSamples(
      Experiment.Method method, List<Object> at, Map<String, String> drawn) {
    if (drawn.containsKey(method.name())) {
      throw lines.wrong(
          YamlLines.then(at, "method"),
          "'method' cannot be '"
              + method.name()
              + "', which is what samples of "
              + drawn.get(method.name())
              + " are called: choose another name");
    }
  }

  /** Every method gets the same search: as many candidates, the shared settings among them. */
  private void checkTuning(Experiment experiment, Set<String> scales) {
    Tuning tuning = experiment.tuning();
    List<Object> at = List.of("tuning");
    if (tuning.metric() == null || !FindingCheck.METRICS.contains(tuning.metric())) {
      throw lines.wrong(
          at,
          "'metric' of 'tuning': "
              + NearestName.unknown(
                  "metric", String.valueOf(tuning.metric()), FindingCheck.METRICS));
    }
    for (String scale : scales) {
      Map<Long, String> counts = new LinkedHashMap<>();
      for (Experiment.Method method : experiment.methods()) {
        Map<String, List<String>> grid = new LinkedHashMap<>(method.grid());
        grid.putAll(method.at(scale).grid());
        if (!grid.keySet().containsAll(tuning.shared())) {
          throw lines.wrong(
              at,
              "the grid of "
                  + method.name()
                  + " lacks a setting of 'shared': every method's has all of them");
        }
        counts.putIfAbsent((long) SettingsGrid.expand(Map.of(), grid).size(), method.name());
      }
      if (counts.size() > 1) {
        throw lines.wrong(
            at,
            "methods are searched unequally at scale "
                + scale
                + ", "
                + counts.entrySet().stream()
                    .map(each -> each.getValue() + " has " + each.getKey() + " candidates")
                    .collect(Collectors.joining(", "))
                + ": give every grid as many");
      }
    }
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
    boolean generates = method.generator() != null && method.on() != null;
    boolean tokenizes = method.tokenizer() != null || method.given();
    if (method.name() == null || tokenizes == generates) {
      throw lines.wrong(
          at,
          "every method needs 'method' and either 'tokenizer', 'weights', 'onnx', 'reconstructions' or"
              + " 'generator' with 'on'");
    }
    if (!generates && (method.on() != null || method.generator() != null)) {
      throw lines.wrong(
          at,
          "a method with "
              + method.source().kinds().findFirst().map("'%s'"::formatted).orElse("'tokenizer'")
              + " has neither 'on' nor 'generator': give those another one");
    }
    MethodName.fault(method.name())
        .ifPresent(
            words -> {
              throw lines.wrong(YamlLines.then(at, "method"), "'method' " + words);
            });
    new SourceCheck(lines, at).check(method);
    checkGrid(method.grid(), YamlLines.then(at, "grid"));
    checkSampling(method.sampling(), generates, YamlLines.then(at, "sampling"));
    refuseEmpty(method, YamlLines.then(at, "sampling"));
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
              checkSampling(layer.sampling(), generates, YamlLines.then(here, "sampling"));
            });
  }

  private void refuseEmpty(Experiment.Method method, List<Object> sampling) {
    if (method.sampling().isEmpty() && lines.has(sampling)) {
      throw lines.wrong(
          sampling,
          "'sampling' is empty, so that nothing would be drawn: say how to draw, such as"
              + " {top-k: all}, or leave it out");
    }
  }

  private void checkSampling(
      Map<String, List<String>> sampling, boolean generates, List<Object> at) {
    if (!generates && !sampling.isEmpty()) {
      throw lines.wrong(at, "'sampling' needs a 'generator' to draw from");
    }
    List<String> known = SamplingOptions.all().stream().<String>map(Setting::name).toList();
    checkGrid(sampling, at);
    for (String name : sampling.keySet()) {
      if (!known.contains(name)) {
        throw lines.wrong(YamlLines.then(at, name), NearestName.unknown("option", name, known));
      }
    }
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
