package dev.vernier.harness.cli;

import dev.vernier.harness.data.CacheFolder;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.machine.Machine;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vernier doctor}: whether everything is there. */
@Command(
    name = "doctor",
    description = "Shows backend, machine and limits, and what is missing.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final int SMALL_HEAP = 1000;

  @Mixin private PluginOptions plugins;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    line(out, "Vernier", Machine.version() + ", commit " + Machine.commit());
    line(out, "JVM", Machine.jvm());
    Machine.facts().forEach((name, value) -> line(out, name, value));
    line(out, "instruction sets", Machine.instructionSets());
    line(out, "Java heap", "at most " + Machine.heapLimit() + " MiB");
    line(out, "native memory", "at most " + Machine.nativeLimit() + " MiB");
    line(out, "cache", CacheFolder.path().toString());
    Plugins found = plugins.discover();
    found
        .all()
        .forEach(
            (kind, providers) ->
                line(out, kind, providers.stream().map(each -> each.name()).toList().toString()));
    int code = ExitCodes.DONE;
    try {
      line(out, "backend", Backend.description());
    } catch (UsageException e) {
      line(out, "backend", "MISSING: " + e.getMessage());
      code = ExitCodes.WRONG_USE;
    }
    if (Machine.heapLimit() < SMALL_HEAP) {
      line(out, "advice", "raise the Java heap with VERNIER_JAVA_OPTIONS=-Xmx4g");
    }
    out.flush();
    return code;
  }

  private static void line(PrintWriter out, String name, String value) {
    out.println(name + ": " + value);
  }
}
