package dev.vernier.harness.cli;

import dev.vernier.harness.machine.Machine;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.projects.TokenizerProject;
import dev.vernier.spi.TokenizerLoader;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vernier new tokenizer}: the project of a tokenizer. */
@Command(
    name = "tokenizer",
    description = {
      "Writes a Maven project with a small working tokenizer, its contract test, and an experiment"
          + " that compares it.",
    },
    mixinStandardHelpOptions = true)
final class NewTokenizerCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "name of the tokenizer: lower-case words joined by hyphens, such as my-vq")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      description = "a new or empty folder (default: NAME)")
  private Path folder;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "package of its classes (default: example. and the name)")
  private String packageName;

  @Mixin private PluginOptions plugins;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    TokenizerProject project =
        new TokenizerProject(
            name, packageName == null ? "example." + name.replace("-", "") : packageName);
    Plugins known = plugins.discover();
    if (known.tokenizers().stream().map(TokenizerLoader::name).anyMatch(name::equals)) {
      throw new UsageException("there is a tokenizer '" + name + "' already: choose another name");
    }
    Path target = folder == null ? Path.of(name) : folder;
    PrintWriter out = spec.commandLine().getOut();
    project.write(target, Machine.version()).forEach(file -> out.println(target.resolve(file)));
    out.println();
    out.println("Build it:    cd " + target + " && mvn verify");
    out.println("See it:      vernier list " + name + " --plugins " + target.resolve("target"));
    out.println(
        "Compare it:  vernier run "
            + target.resolve("experiment.yaml")
            + " --plugins "
            + target.resolve("target"));
    out.flush();
    return ExitCodes.DONE;
  }
}
