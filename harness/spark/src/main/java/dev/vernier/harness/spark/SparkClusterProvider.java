package dev.vernier.harness.spark;

import dev.vernier.harness.cluster.Cluster;
import dev.vernier.harness.cluster.ClusterOptions;
import dev.vernier.harness.cluster.ClusterProvider;
import dev.vernier.harness.machine.Backend;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/** Connects to Spark. */
public final class SparkClusterProvider implements ClusterProvider {
  private static final String THREADS = "OMP_NUM_THREADS";

  /** Registered. */
  public SparkClusterProvider() {}

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public Cluster connect(ClusterOptions options) {
    return open(options);
  }

  private static SparkCluster open(ClusterOptions options) {
    if (System.getenv(THREADS) == null) {
      throw new UsageException(
          THREADS
              + " is not set: give the driver "
              + THREADS
              + " and OPENBLAS_NUM_THREADS, the native threads of a cell, such as 1; numbers depend"
              + " on them");
    }
    Backend.load();
    Map<String, String> given = new TreeMap<>();
    for (Tuple2<String, String> each : new SparkConf().getAll()) {
      given.put(each._1(), each._2());
    }
    return new SparkCluster(
        SparkConfiguration.of(given, options, Backend.threads()), options, Backend.threads());
  }

  @Override
  public boolean examine(ClusterOptions options, Path plugins, PrintWriter out) throws IOException {
    try (SparkCluster cluster = open(options)) {
      Map<String, List<SparkCluster.Asked>> alike =
          cluster.examine(SparkExecutor.jars(plugins)).stream()
              .collect(
                  Collectors.groupingBy(
                      each -> each.report().text(), TreeMap::new, Collectors.toList()));
      alike.forEach((text, machines) -> print(machines, text, out));
      return alike.keySet().stream()
          .flatMap(String::lines)
          .noneMatch(line -> line.startsWith("exit code: "));
    }
  }

  private static void print(List<SparkCluster.Asked> machines, String text, PrintWriter out) {
    out.println(
        machines.stream()
            .map(
                each ->
                    "executor "
                        + each.report().executor()
                        + " on "
                        + each.report().host()
                        + " ("
                        + each.cores()
                        + (each.cores() == 1 ? " core)" : " cores)"))
            .collect(Collectors.joining(", ")));
    text.lines().map(line -> "  " + line).forEach(out::println);
  }
}
