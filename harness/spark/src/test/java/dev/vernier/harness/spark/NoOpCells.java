package dev.vernier.harness.spark;

import com.sun.management.OperatingSystemMXBean;
import dev.vernier.harness.cluster.ClusterOptions;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.runs.RunFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;

/**
 * What cells cost the driver beside their computing: wall time, processor time and heap for so many
 * cells that do nothing, on a cluster of processes of this machine. After {@code mvn package
 * -Pspark -DskipTests}, in {@code harness/spark}:
 *
 * <pre>
 * java --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
 *   -cp 'home/target/jars/*:target/test-classes:target/classes:../target/classes:../../spi/target/classes' \
 *   dev.vernier.harness.spark.NoOpCells 10 100 1000
 * </pre>
 */
final class NoOpCells {
  private static final int WORKERS = 2;
  private static final int CORES = 2;
  private static final double NANOS = 1e9;

  private NoOpCells() {}

  /**
   * Prints a line for each number of cells.
   *
   * @param counts numbers of cells
   */
  public static void main(String[] counts) throws Exception {
    Path folder = Files.createTempDirectory("vernier-no-op-");
    try (LocalCluster local = new LocalCluster(folder.resolve("spark"), WORKERS, CORES)) {
      ClusterOptions options =
          new ClusterOptions("no-op", Optional.of(local.master()), Map.of(), 64, false);
      Map<String, String> given =
          Map.of(
              "spark.jars",
              LocalCluster.SUBMITTED + "," + jar(folder.resolve("no-op.jar")),
              "spark.driver.host",
              "127.0.0.1",
              "spark.ui.enabled",
              "false");
      try (SparkCluster cluster =
          new SparkCluster(SparkConfiguration.of(given, options, 1), options, 1)) {
        // Not counted: classes are loaded and compiled.
        measure(cluster, folder.resolve("first"), 200);
        for (int count : Arrays.stream(counts).mapToInt(Integer::parseInt).toArray()) {
          System.out.println(measure(cluster, folder.resolve("run-" + count), count));
        }
      }
    }
  }

  /** The task, for the executors. */
  private static Path jar(Path file) throws IOException {
    String name = NoOpTask.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new ZipEntry(name));
      jar.write(NoOpTask.class.getClassLoader().getResourceAsStream(name).readAllBytes());
    }
    return file;
  }

  private static String measure(SparkCluster cluster, Path run, int count) throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    List<CellPlan> cells =
        IntStream.range(0, count)
            .mapToObj(each -> new CellPlan("cell" + each, "A", "none", Map.of(), Map.of(), each))
            .toList();
    RunFolder folder = new RunFolder(run);
    long began = System.nanoTime();
    long cpu = system.getProcessCpuTime();
    CellTransfer transfer =
        new CellTransfer(cluster.context(), folder, Optional.empty(), true, Shipment.NOTHING);
    new CellJobs(cluster, new NoOpTask(run.toString()), transfer, cells, Progress.NONE).run();
    double seconds = (System.nanoTime() - began) / NANOS;
    double busy = (system.getProcessCpuTime() - cpu) / NANOS;
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    return String.format(
        Locale.ROOT,
        "%5d cells: %.2f s, %.1f cells a second, driver's processor time %.2f s (%.1f ms a cell),"
            + " heap after collection %d MiB",
        count,
        seconds,
        count / seconds,
        busy,
        1000 * busy / count,
        heap);
  }
}
