package dev.vernier.harness.cli;

import dev.vernier.harness.cluster.ClusterOptions;
import dev.vernier.harness.cluster.ClusterProvider;
import dev.vernier.harness.data.CacheFolder;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.machine.Machine;
import dev.vernier.harness.onnx.OnnxRuntime;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.Provider;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vernier doctor}: whether everything is there, and where the rest comes from. */
@Command(
    name = "doctor",
    description = {
      "Shows what this machine offers, what is missing and where to get it; with --spark.master,"
          + " checks every executor of the cluster, memory included.",
      "Exit code 2 if nothing can run."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  /** A quarter of 4 GiB, less what the collector keeps back. */
  private static final int SMALL_HEAP = 900;

  private static final long MEBIBYTE = 1 << 20;

  @Mixin private SparkOptions spark;

  @Mixin private CellMemoryOption cellMemory;

  @Mixin private PluginOptions plugins;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (spark.master().isPresent()) {
      ClusterOptions options =
          new ClusterOptions(
              "doctor", spark.master(), spark.configuration(), cellMemory.mebibytes(), false);
      ClusterProvider cluster = ClusterProvider.named("spark");
      plugins.discover();
      boolean well = cluster.examine(options, plugins.folder(), out);
      out.flush();
      return well ? ExitCodes.DONE : ExitCodes.WRONG_USE;
    }
    if (!spark.configuration().isEmpty() || cellMemory.isGiven()) {
      throw new UsageException(
          (cellMemory.isGiven() ? CellMemoryOption.NAME : "--conf")
              + " is for a cluster: add --spark.master");
    }
    line(out, "Vernier", Machine.version() + ", commit " + Machine.commit());
    line(out, "JVM", Machine.jvm());
    boolean runs = part(out, "backend", Backend::description);
    if (runs) {
      Machine.facts().forEach((name, value) -> line(out, name, value));
      line(out, "native memory", "at most " + Machine.nativeLimit() + " MiB");
    }
    long heap = Machine.heapLimit();
    String advice = "; too little, raise it with VERNIER_JAVA_OPTIONS=-Xmx4g";
    line(out, "Java heap", "at most " + heap + " MiB" + (heap < SMALL_HEAP ? advice : ""));
    part(out, "ONNX Runtime", OnnxRuntime::version);
    line(out, "cache", cache());
    CacheFolder.remark().ifPresent(each -> line(out, "note", each));
    Plugins found = plugins.discover();
    line(out, "plugins", jars());
    found.all().forEach((kind, each) -> line(out, kind, names(each.stream())));
    out.println();
    weights(out);
    out.flush();
    return runs ? ExitCodes.DONE : ExitCodes.WRONG_USE;
  }

  /** What no machine has by itself. */
  private static void weights(PrintWriter out) {
    out.println("Optional files, which you download yourself:");
    line(
        out,
        "  Inception, for FID as papers have it",
        "pt_inception-2015-12-05-6726825d.pth of the pytorch-fid project, by --weights-inception FILE");
    line(
        out,
        "  LPIPS",
        "torchvision's weights of a backbone and LPIPS' linear layers of version 0.1, by"
            + " --set lpips.weights=FILE --set lpips.linear=FILE");
    line(
        out,
        "  teachers",
        "a vision model as an ONNX file, by --teacher FILE; none: a small net trained here");
    out.println("Nothing else is needed: no network, Python or browser.");
  }

  private static boolean part(PrintWriter out, String name, Supplier<String> description) {
    try {
      line(out, name, description.get());
      return true;
    } catch (UsageException e) {
      line(out, name, "MISSING: " + e.getMessage());
      return false;
    }
  }

  private static String cache() throws IOException {
    Path folder = CacheFolder.path();
    long bytes = 0;
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path each : files.filter(Files::isRegularFile).toList()) {
          bytes += size(each);
        }
      }
    }
    return folder
        + ", "
        + (bytes + MEBIBYTE - 1) / MEBIBYTE
        + " MiB of nets and lists of files; safe to delete; set XDG_CACHE_HOME to move it";
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      // Another process may have just finished with it.
      return 0;
    }
  }

  private String jars() throws IOException {
    Path folder = plugins.folder();
    if (!Files.isDirectory(folder)) {
      return "no folder " + folder + ", so only built-in plugins";
    }
    List<Path> jars = Plugins.jars(folder);
    return folder
        + (jars.isEmpty()
            ? " has no jar"
            : ": "
                + jars.stream()
                    .map(each -> each.getFileName().toString())
                    .collect(Collectors.joining(", ")));
  }

  private static String names(Stream<? extends Provider> providers) {
    return providers.map(Provider::name).collect(Collectors.joining(", "));
  }

  private static void line(PrintWriter out, String name, String value) {
    out.println(name + ": " + value);
  }
}
