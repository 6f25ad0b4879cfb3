package dev.vernier.harness.spark;

import dev.vernier.harness.cluster.ClusterOptions;
import dev.vernier.spi.UsageException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configuration of Spark that cells need; what contradicts it is refused. */
final class SparkConfiguration {
  private static final String MASTER = "spark.master";
  private static final String CPUS = "spark.task.cpus";
  private static final String CORES = "spark.executor.cores";
  private static final String SPECULATION = "spark.speculation";
  private static final String LISTENERS = "spark.extraListeners";
  private static final String OVERHEAD = "spark.executor.memoryOverhead";

  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(b|[kmgt]?)b?");

  private final Map<String, String> values;

  private SparkConfiguration(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Completes and checks a configuration.
   *
   * @param given what {@code spark-submit} says
   * @param threads native threads of this process
   * @throws UsageException if something in it is no way to run cells
   */
  static Map<String, String> of(Map<String, String> given, ClusterOptions options, int threads) {
    options.configuration().forEach(SparkConfiguration::requireKey);
    Map<String, String> values = new TreeMap<>(given);
    values.putAll(options.configuration());
    options.master().ifPresent(master -> values.put(MASTER, master));
    new SparkConfiguration(values).complete(options, threads);
    return values;
  }

  private void complete(ClusterOptions options, int threads) {
    // What spark-submit says where it was told of none is this machine.
    if (values.getOrDefault(MASTER, "local").matches("local(\\[.*)?")) {
      throw new UsageException(
          "no cluster is named: give --spark.master, such as spark://HOST:7077, or leave out"
              + " --executor spark for this machine");
    }
    if (Boolean.parseBoolean(values.get(SPECULATION))) {
      throw new UsageException(
          SPECULATION
              + " is on, which would compute cells twice at once: set it to false, or leave it out");
    }
    requireThreads(threads);
    values.put("spark.app.name", "vernier " + options.application());
    values.put(SPECULATION, "false");
    values.put(CPUS, String.valueOf(threads));
    values.put("spark.scheduler.mode", "FAIR");
    // A cell that an executor has refused prefers others, and waits for them while there are any.
    values.put("spark.locality.wait", "365d");
    // What travels are records, which Kryo does not know.
    values.put("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
    values.merge(LISTENERS, ClusterNews.class.getName(), (given, own) -> given + "," + own);
    values.putIfAbsent("spark.log.level", "WARN");
    values.putIfAbsent("spark.ui.showConsoleProgress", "false");
    provideMemory(number(CORES, threads) / threads * options.cellMemory());
  }

  private static void requireKey(String key, String value) {
    if (!key.startsWith("spark.")) {
      throw new UsageException(
          "--conf " + key + "=" + value + " is not Spark's: its keys begin with spark.");
    }
  }

  private void requireThreads(int threads) {
    int cpus = number(CPUS, threads);
    String cell =
        ", but a cell has " + threads + " native " + (threads == 1 ? "thread" : "threads");
    if (cpus != threads) {
      throw new UsageException(
          CPUS
              + " is "
              + cpus
              + cell
              + ": start the driver with OMP_NUM_THREADS and OPENBLAS_NUM_THREADS of "
              + cpus
              + " (VERNIER_THREADS, where ./vernier starts it), or leave it out");
    }
    int cores = number(CORES, threads);
    if (cores < threads) {
      throw new UsageException(CORES + " is " + cores + cell + ": raise it");
    }
  }

  private int number(String key, int absent) {
    String text = values.getOrDefault(key, String.valueOf(absent));
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new UsageException(key + " cannot be '" + text + "': it is a number", e);
    }
  }

  /** A size as Spark reads it: MiB, where no unit is said. */
  private long mebibytes(String key) {
    Matcher size = SIZE.matcher(values.get(key).strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw new UsageException(
          key + " cannot be '" + values.get(key) + "': it is a size, such as 6g or 6144m");
    }
    long number = Long.parseLong(size.group(1));
    return switch (size.group(2)) {
      case "b" -> number >> 20;
      case "k" -> number >> 10;
      case "g" -> number << 10;
      case "t" -> number << 20;
      default -> number;
    };
  }

  /**
   * What cells take lies outside the heap of the executor: YARN and Kubernetes end it where it
   * takes more than its overhead.
   */
  private void provideMemory(int needed) {
    if (!values.containsKey(OVERHEAD)) {
      values.put(OVERHEAD, needed + "m");
      return;
    }
    long granted = mebibytes(OVERHEAD);
    if (granted < needed) {
      throw new UsageException(
          OVERHEAD
              + " is "
              + granted
              + " MiB, but the cells of an executor may take "
              + needed
              + " MiB beside its heap: raise it, or lower --cell-memory or "
              + CORES);
    }
  }
}
