package dev.vernier.harness.spark;

import dev.vernier.harness.cluster.CellWork;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.machine.Machine;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.runs.CellExecutor;
import dev.vernier.harness.runs.Interruption;
import dev.vernier.harness.spark.task.CellNews;
import dev.vernier.harness.spark.task.CellTask;
import dev.vernier.harness.spark.task.FileSet;
import dev.vernier.harness.spark.task.WorkerSetup;
import dev.vernier.records.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs the cells of a run on a cluster. */
final class SparkExecutor implements CellExecutor {
  private final SparkCluster cluster;
  private final CellWork work;

  SparkExecutor(SparkCluster cluster, CellWork work) {
    this.cluster = cluster;
    this.work = work;
  }

  @Override
  public String device() {
    return Backend.description() + " in each cell on Spark, " + cluster.context().master();
  }

  @Override
  @SuppressWarnings("try") // the delay is held, never used
  public void execute(List<CellPlan> cells, Progress progress) throws IOException {
    if (cells.isEmpty()) {
      return;
    }
    cluster.news().watch(progress);
    String session = UUID.randomUUID().toString();
    Path path = work.folder().path();
    try (DelayedExit delay = new DelayedExit(cluster);
        MarkedFolder run = MarkedFolder.of(path, session, cluster);
        Shipment shipment = cluster.options().ship() ? Shipment.of(path) : Shipment.NOTHING) {
      progress.update(
          cells.size()
              + " cells on Spark, "
              + cluster.slots()
              + " at once; results come "
              + (run.seen()
                  ? "through the run's folder, which every machine sees"
                  : "through Spark"),
          0,
          0,
          "");
      CellJobs jobs =
          new CellJobs(
              cluster,
              task(run, session, shipment),
              new CellTransfer(
                  cluster.context(), work.folder(), work.curves(), run.seen(), shipment),
              cells,
              progress);
      work.interruption().onRequest(jobs::stop);
      // A request that came earlier reaches no listener.
      work.interruption().stopIfRequested();
      jobs.run();
    } catch (IOException | RuntimeException e) {
      // Ctrl-C ends the application, too, and what fails then fails because of that.
      if (!work.interruption().requested()) {
        throw e;
      }
    } finally {
      cluster.news().watch(Progress.NONE);
    }
    if (work.interruption().requested()) {
      throw new Interruption.Interrupted();
    }
  }

  private CellTask task(MarkedFolder run, String session, Shipment shipment) throws IOException {
    JavaSparkContext context = cluster.context();
    CellNews news = new CellNews();
    context.sc().register(news, "vernier");
    boolean travelling = curvesTravel(session);
    WorkerSetup setup =
        cluster
            .setup(
                run.seen() ? run.path().toString() : null,
                session,
                Map.of("vernier.commit", Machine.commit()))
            .with(
                travelling ? work.watching() : work.workerArguments(),
                travelling,
                shipment.send(context));
    return new CellTask(setup, context.broadcast(files(run, shipment)), news);
  }

  private boolean curvesTravel(String session) throws IOException {
    if (work.curves().isEmpty()) {
      return false;
    }
    try (MarkedFolder curves = MarkedFolder.of(work.curves().get(), session, cluster)) {
      return !curves.seen();
    }
  }

  /** The plugins in a folder, where an executor's are. */
  static FileSet jars(Path plugins) throws IOException {
    return new FileSet()
        .add("plugins/", plugins, path -> path.endsWith(".jar") && !path.contains("/"));
  }

  /** What every worker needs: the plugins, and of a run that machines do not see the nets. */
  private FileSet files(MarkedFolder run, Shipment shipment) throws IOException {
    FileSet files = jars(work.plugins());
    if (!run.seen()) {
      byte[] record = Files.readAllBytes(ResultFiles.runFile(run.path()));
      files.add("run/run.json", shipment.rename(record));
      files.add(
          "run/", run.path(), path -> path.equals("conditions.json") || path.startsWith("nets/"));
    }
    return files;
  }
}
