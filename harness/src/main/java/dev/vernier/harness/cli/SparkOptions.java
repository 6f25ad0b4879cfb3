package dev.vernier.harness.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which Spark cluster, and how it is spoken to. */
final class SparkOptions {
  @Option(
      names = "--spark.master",
      paramLabel = "URL",
      description = "the cluster, such as spark://HOST:7077; not needed under spark-submit")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "configuration of Spark, repeatable, such as spark.executor.cores=4")
  private Map<String, String> configuration = new LinkedHashMap<>();

  Optional<String> master() {
    return Optional.ofNullable(master);
  }

  Map<String, String> configuration() {
    return configuration;
  }
}
