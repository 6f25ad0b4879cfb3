package dev.vernier.harness.cli;

import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where plugins are; the folder may be absent where the user names none. */
final class PluginOptions {
  private static final Path DEFAULT = Path.of("plugins");

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description =
          "folder of plugin jars; their code runs with your permissions, so use only jars you"
              + " trust (default: plugins)")
  private Path given;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * All plugins; what is odd about their folder goes to standard error.
   *
   * @throws UsageException if the folder that the user names is not there
   */
  Plugins discover() throws IOException {
    if (given != null && !Files.isDirectory(given)) {
      throw new UsageException(
          Files.exists(given)
              ? "'" + given + "' is a file: give --plugins the folder that it lies in"
              : "there is no folder '" + given + "': check --plugins");
    }
    Plugins found = Plugins.discover(folder());
    found.remarks().forEach(each -> command.commandLine().getErr().println("vernier: " + each));
    command.commandLine().getErr().flush();
    return found;
  }

  Path folder() {
    return given == null ? DEFAULT : given;
  }
}
