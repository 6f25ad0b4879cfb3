package dev.vernier.harness.cli;

import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.SamplingOptions;
import dev.vernier.harness.experiments.Scales;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.Provider;
import dev.vernier.spi.Setting;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vernier list}: what there is, a line each; or one of it, with all its settings. */
@Command(
    name = "list",
    description = {
      "Lists plugins, experiments and groups of options, one per line.",
      "With NAME, shows its settings: default, bounds, and the value at each scale.",
      "With --yaml, prints experiment NAME as a starting point, or without NAME one that explains"
          + " every key."
    },
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "such as vqgan, fig1 or run (default: all, in short)")
  private String name;

  @Option(
      names = "--yaml",
      description = "the file of an experiment; without NAME one that explains every key")
  private boolean yaml;

  @Mixin private PluginOptions plugins;

  @Spec private CommandSpec spec;

  /** One line of the list, and what it looks like at length. */
  private record Entry(String name, String description, List<String> details) {
    static Entry of(Provider provider) {
      return of(provider.name(), provider.description(), provider.settings());
    }

    static Entry of(String name, String description, List<Setting<?>> settings) {
      return new Entry(name, description, settings.stream().flatMap(Entry::lines).toList());
    }

    static Entry of(Experiment experiment) {
      return new Entry(
          experiment.name(),
          experiment.title(),
          experiment.methods().stream().map(Entry::line).toList());
    }

    private static Stream<String> lines(Setting<?> setting) {
      String scales =
          Scales.names().stream()
              .flatMap(scale -> setting.at(scale).map(text -> scale + " " + text).stream())
              .collect(Collectors.joining(", "));
      return Stream.of(
          setting + (scales.isEmpty() ? "" : "; " + scales), "    " + setting.description());
    }

    private static String line(Experiment.Method method) {
      String plugin = method.generates() ? method.generator() : method.tokenizer();
      return method.name() + ": " + plugin + (method.on() == null ? "" : " on " + method.on());
    }
  }

  @Override
  public Integer call() throws IOException {
    Map<String, List<Entry>> sections = sections(plugins.discover());
    PrintWriter out = spec.commandLine().getOut();
    if (yaml) {
      out.print(file());
    } else if (name == null) {
      int width = entries(sections).mapToInt(each -> each.name().length()).max().orElse(0);
      sections.forEach((title, entries) -> print(title, entries, width, out));
      out.println(
          "'vernier list NAME' shows the settings of one, 'vernier list --yaml' everything that an"
              + " experiment can contain.");
    } else {
      List<String> known = entries(sections).map(Entry::name).distinct().toList();
      if (!known.contains(name)) {
        throw new UsageException(NearestName.unknown("plugin or experiment", name, known));
      }
      sections.forEach((title, entries) -> show(title, entries, out));
    }
    out.flush();
    return ExitCodes.DONE;
  }

  private String file() throws IOException {
    if (name == null) {
      return Experiment.explained();
    }
    if (!Experiment.BUILT_IN.contains(name)) {
      throw new UsageException(
          NearestName.unknown("experiment", name, Experiment.BUILT_IN)
              + "; without a name, --yaml prints one that explains every key");
    }
    return Experiment.yaml(name);
  }

  private static Map<String, List<Entry>> sections(Plugins plugins) throws IOException {
    Map<String, List<Entry>> sections = new LinkedHashMap<>();
    plugins
        .all()
        .forEach(
            (kind, providers) -> sections.put(kind, providers.stream().map(Entry::of).toList()));
    List<Entry> experiments = new ArrayList<>();
    for (String each : Experiment.BUILT_IN) {
      experiments.add(Entry.of(Experiment.load(each)));
    }
    sections.put("experiments", experiments);
    sections.put(
        "options",
        List.of(
            Entry.of("run", "what every run takes", RunOptions.atScales()),
            Entry.of("sampling", "how images are drawn from a generator", SamplingOptions.all())));
    return sections;
  }

  private static Stream<Entry> entries(Map<String, List<Entry>> sections) {
    return sections.values().stream().flatMap(List::stream);
  }

  private static void print(String title, List<Entry> entries, int width, PrintWriter out) {
    out.println(title);
    for (Entry each : entries) {
      out.println(
          "  "
              + each.name()
              + " ".repeat(width - each.name().length())
              + "  "
              + each.description());
    }
    out.println();
  }

  private void show(String title, List<Entry> entries, PrintWriter out) {
    for (Entry each : entries) {
      if (each.name().equals(name)) {
        out.println(title);
        out.println("  " + each.name() + ": " + each.description());
        each.details().forEach(line -> out.println("    " + line));
        out.println();
      }
    }
  }
}
