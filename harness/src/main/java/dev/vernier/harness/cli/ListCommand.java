package dev.vernier.harness.cli;

import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.SamplingOptions;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.Provider;
import dev.vernier.spi.Setting;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vernier list}: what there is. */
@Command(
    name = "list",
    description = "Lists plugins with their settings, run options and experiments.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "one plugin only, such as vqgan (default: all)")
  private String name;

  @Mixin private PluginOptions plugins;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Map<String, Collection<? extends Provider>> kinds = plugins.discover().all();
    PrintWriter out = spec.commandLine().getOut();
    List<Provider> all = kinds.values().stream().<Provider>flatMap(Collection::stream).toList();
    if (name != null && all.stream().noneMatch(each -> each.name().equals(name))) {
      throw new UsageException(
          NearestName.unknown("plugin", name, all.stream().map(Provider::name).toList()));
    }
    kinds.forEach((kind, providers) -> print(kind, providers, out));
    if (name == null) {
      out.println("run options");
      RunOptions.all().forEach(each -> print(each, out));
      out.println();
      out.println("options of sampling");
      SamplingOptions.all().forEach(each -> print(each, out));
      out.println();
      out.println("experiments: " + String.join(", ", Experiment.BUILT_IN) + ", or a YAML file");
    }
    out.flush();
    return ExitCodes.DONE;
  }

  private void print(String kind, Collection<? extends Provider> providers, PrintWriter out) {
    List<? extends Provider> chosen =
        providers.stream().filter(each -> name == null || each.name().equals(name)).toList();
    if (chosen.isEmpty()) {
      return;
    }
    out.println(kind);
    for (Provider provider : chosen) {
      out.println("  " + provider.name() + ": " + provider.description());
      provider.settings().forEach(each -> print(each, out));
    }
    out.println();
  }

  private static void print(Setting<?> setting, PrintWriter out) {
    out.println("    " + setting + ": " + setting.description());
  }
}
