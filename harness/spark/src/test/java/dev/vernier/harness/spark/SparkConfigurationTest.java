package dev.vernier.harness.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.cluster.ClusterOptions;
import dev.vernier.spi.UsageException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparkConfigurationTest {
  private static final Optional<String> MASTER = Optional.of("spark://host:7077");

  private static Map<String, String> of(
      Map<String, String> given, Map<String, String> configuration, int threads) {
    return SparkConfiguration.of(
        given, new ClusterOptions("fig1", MASTER, configuration, 3000, false), threads);
  }

  @Test
  void configuration_saysWhatCellsNeed() {
    assertThat(of(Map.of("spark.master", "yarn"), Map.of("spark.executor.cores", "8"), 4))
        .containsEntry("spark.master", "spark://host:7077")
        .containsEntry("spark.task.cpus", "4")
        .containsEntry("spark.speculation", "false")
        .containsEntry("spark.scheduler.mode", "FAIR")
        .containsEntry("spark.executor.memoryOverhead", "6000m")
        .containsEntry("spark.app.name", "vernier fig1");
  }

  @Test
  void listenersOfTheUser_stay() {
    assertThat(of(Map.of("spark.extraListeners", "a.B"), Map.of(), 1))
        .containsEntry("spark.extraListeners", "a.B," + ClusterNews.class.getName());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "spark.speculation; true; spark.speculation is on, which",
        "spark.task.cpus; 4; spark.task.cpus is 4, but a cell has 2 native threads: start",
        "spark.task.cpus; four; spark.task.cpus cannot be 'four': it is a number",
        "spark.executor.cores; 1; spark.executor.cores is 1, but a cell has 2 native threads: raise",
        "spark.executor.memoryOverhead; 2g; spark.executor.memoryOverhead is 2048 MiB, but the cells"
            + " of an executor may take 3000 MiB beside its heap",
        "spark.executor.memoryOverhead; much; spark.executor.memoryOverhead cannot be 'much': it is a"
            + " size",
        "executor.cores; 2; --conf executor.cores=2 is not Spark's"
      })
  void whatContradictsIt_isRefused(String key, String value, String message) {
    assertThatThrownBy(() -> of(Map.of(), Map.of(key, value), 2))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "local", "local[*]", "local[2, 4]"})
  void cluster_hasToBeNamed(String master) {
    ClusterOptions nowhere = new ClusterOptions("fig1", Optional.empty(), Map.of(), 4096, false);
    Map<String, String> given = master.isEmpty() ? Map.of() : Map.of("spark.master", master);
    assertThatThrownBy(() -> SparkConfiguration.of(given, nowhere, 1))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("no cluster is named: give --spark.master");
  }
}
