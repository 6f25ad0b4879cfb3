package dev.vernier.harness.spark;

import dev.vernier.harness.cluster.CellWork;
import dev.vernier.harness.cluster.Cluster;
import dev.vernier.harness.cluster.ClusterOptions;
import dev.vernier.harness.machine.Machine;
import dev.vernier.harness.runs.CellExecutor;
import dev.vernier.harness.spark.task.CellTask;
import dev.vernier.harness.spark.task.FileSet;
import dev.vernier.harness.spark.task.MachineReport;
import dev.vernier.harness.spark.task.MachineTask;
import dev.vernier.harness.spark.task.WorkerSetup;
import dev.vernier.spi.UsageException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A Spark application, from connecting to closing. */
final class SparkCluster implements Cluster {
  private static final int PATIENCE_SECONDS = 120;

  /** Executors come one after the other; so long after the last one no more is waited for. */
  private static final long SETTLING_SECONDS = 2;

  private static final int ROUNDS = 20;

  private static final long MILLISECONDS_BETWEEN = 50;

  private final JavaSparkContext context;
  private final ClusterOptions options;
  private final int threads;
  private final ClusterNews news;

  /**
   * An executor.
   *
   * @param cores of it
   * @param report what it says
   */
  record Asked(int cores, MachineReport report) {}

  /**
   * Connects.
   *
   * @param threads native ones of a cell
   * @throws UsageException if that fails, or if executors are too small for cells
   */
  SparkCluster(Map<String, String> configuration, ClusterOptions options, int threads) {
    this.options = options;
    this.threads = threads;
    SparkConf conf = new SparkConf(false);
    configuration.forEach(conf::set);
    try {
      this.context = new JavaSparkContext(conf);
    } catch (Exception e) {
      // Scala throws checked ones, too, and declares none.
      throw new UsageException(
          "no Spark application could be started on "
              + conf.get("spark.master")
              + " ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "): check --spark.master and --conf",
          e);
    }
    this.news = ClusterNews.latest();
    try {
      requireMemory(
          machines(setup(null, "", Map.of()), new FileSet(), false), threads, options.cellMemory());
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /**
   * How workers are started here.
   *
   * @param run the folder of a run, or another that every machine may see; null for none
   */
  WorkerSetup setup(String run, String session, Map<String, String> properties) {
    return new WorkerSetup(
        session,
        run,
        options.ship() ? null : System.getProperty("user.dir"),
        options.cellMemory(),
        threads,
        properties,
        WorkerEnvironment.of(System.getenv(), threads),
        List.of(),
        false,
        List.of());
  }

  /** What {@code doctor} says on every executor, which is sent plugins. */
  List<Asked> examine(FileSet plugins) {
    Map<String, String> properties = Map.of("vernier.commit", Machine.commit());
    return machines(setup(null, "", properties), plugins, true);
  }

  /** Every executor there is, asked; those without an answer are asked again. */
  List<Asked> machines(WorkerSetup setup, FileSet session, boolean doctor) {
    Broadcast<FileSet> sent = context.broadcast(session);
    Map<String, Asked> known = new TreeMap<>(Comparator.comparing(SparkCluster::number));
    try {
      for (int round = 0; round < ROUNDS && !complete(known); round++) {
        int tasks = 2 * slots();
        for (MachineReport each : ask(tasks, new MachineTask(setup, sent, doctor))) {
          known.put(each.executor(), new Asked(news.cores(each.executor()), each));
        }
      }
    } finally {
      sent.destroy();
    }
    return List.copyOf(known.values());
  }

  private static String number(String executor) {
    return String.format("%9s", executor);
  }

  private boolean complete(Map<String, Asked> known) {
    return !known.isEmpty()
        && known.keySet().containsAll(news.executors())
        && news.settled(SETTLING_SECONDS);
  }

  private List<MachineReport> ask(int tasks, MachineTask task) {
    try {
      JavaFutureAction<List<MachineReport>> reports =
          context.parallelize(Collections.nCopies(tasks, 0), tasks).map(task).collectAsync();
      for (int seconds = 0; seconds < PATIENCE_SECONDS && !context.sc().isStopped(); seconds++) {
        try {
          return reports.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
          // Executors are still starting.
        }
      }
    } catch (ExecutionException e) {
      throw new UsageException("the cluster is of no use: " + Failures.words(e.getCause()), e);
    } catch (IllegalStateException e) {
      // It has ended in the meantime.
      throw ended(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UsageException("interrupted while the cluster was asked for executors", e);
    }
    if (context.sc().isStopped()) {
      throw ended(null);
    }
    throw new UsageException(
        "within "
            + PATIENCE_SECONDS
            + " s "
            + context.master()
            + " gave no executor: it has no cores or memory free for one of this size; see its web"
            + " page");
  }

  private UsageException ended(Throwable cause) {
    return new UsageException(
        context.master()
            + " does not answer, or has ended the application: check --spark.master; where that is"
            + " right, its web page and the logs of executors say why they could not start",
        cause);
  }

  /**
   * Says it before anything is computed where a machine has too little memory for its cells.
   *
   * @param threads native ones of a cell
   * @param cellMemory that a cell may take, in MiB
   */
  static void requireMemory(List<Asked> machines, int threads, int cellMemory) {
    Map<String, Integer> cells = new TreeMap<>();
    machines.forEach(
        each ->
            cells.merge(each.report().host(), Math.max(1, each.cores() / threads), Integer::sum));
    for (Asked each : machines) {
      int atOnce = cells.get(each.report().host());
      long needed = (long) atOnce * cellMemory;
      if (each.report().memory() < needed) {
        throw new UsageException(
            each.report().host()
                + " has "
                + each.report().memory()
                + " MiB, but "
                + (atOnce == 1 ? "a cell may take " : atOnce + " cells at once may take ")
                + needed
                + ": fewer cores (spark.executor.cores, spark.cores.max), or a lower --cell-memory");
      }
    }
  }

  @Override
  public CellExecutor executor(CellWork work) {
    return new SparkExecutor(this, work);
  }

  JavaSparkContext context() {
    return context;
  }

  ClusterNews news() {
    return news;
  }

  ClusterOptions options() {
    return options;
  }

  /** Cells that run at once, as executors are known now. */
  int slots() {
    return Math.max(1, news.slots(threads));
  }

  /** Waits, not for ever, until cells that were cancelled have saved where they were. */
  void awaitTasks() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CellTask.PATIENCE_SECONDS);
    try {
      while (news.busy() && !context.sc().isStopped() && System.nanoTime() < end) {
        Thread.sleep(MILLISECONDS_BETWEEN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
