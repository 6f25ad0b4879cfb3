package dev.vernier.harness.spark;

import dev.vernier.harness.cluster.CellWork;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.machine.Machine;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.runs.CellExecutor;
import dev.vernier.harness.runs.Interruption;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.harness.spark.task.CellNews;
import dev.vernier.harness.spark.task.CellTask;
import dev.vernier.harness.spark.task.FileSet;
import dev.vernier.harness.spark.task.WorkerSetup;
import dev.vernier.records.ResultFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    RunFolder folder = work.folder();
    Path run = folder.path().toAbsolutePath();
    String session = UUID.randomUUID().toString();
    Path mark = run.resolve(WorkerSetup.MARK);
    ResultFiles.writeWhole(mark, session.getBytes(StandardCharsets.UTF_8));
    cluster.news().watch(progress);
    try (DelayedExit delay = new DelayedExit(cluster);
        Shipment shipment = cluster.options().ship() ? Shipment.of(run) : Shipment.NOTHING) {
      boolean shared = isShared(run, session);
      progress.update(
          cells.size()
              + " cells on Spark, "
              + cluster.slots()
              + " at once; results come "
              + (shared ? "through the run's folder, which every machine sees" : "through Spark"),
          0,
          0,
          "");
      WorkerSetup setup = setup(shared, run, session, shipment);
      JavaSparkContext context = cluster.context();
      CellNews news = new CellNews();
      context.sc().register(news, "vernier");
      CellTask task = new CellTask(setup, context.broadcast(files(shared, run, shipment)), news);
      CellTransfer transfer = new CellTransfer(context, folder, shared, shipment);
      CellJobs jobs = new CellJobs(cluster, task, transfer, cells, progress);
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
      Files.deleteIfExists(mark);
    }
    if (work.interruption().requested()) {
      throw new Interruption.Interrupted();
    }
  }

  /** Whether every executor sees the run's folder. */
  private boolean isShared(Path run, String session) {
    if (cluster.options().ship()) {
      return false;
    }
    WorkerSetup asked = cluster.setup(List.of(), run.toString(), session, Map.of(), List.of());
    return cluster.machines(asked, new FileSet(), false).stream()
        .allMatch(each -> each.report().sees());
  }

  private WorkerSetup setup(boolean shared, Path run, String session, Shipment shipment) {
    return cluster.setup(
        work.watching(),
        shared ? run.toString() : null,
        session,
        Map.of("vernier.commit", Machine.commit()),
        shipment.send(cluster.context()));
  }

  /** What every worker needs: the plugins, and of a run that machines do not see the nets. */
  private FileSet files(boolean shared, Path run, Shipment shipment) throws IOException {
    FileSet files = new FileSet();
    files.add("plugins/", work.plugins(), path -> path.endsWith(".jar") && !path.contains("/"));
    if (!shared) {
      files.add("run/run.json", shipment.rename(Files.readAllBytes(ResultFiles.runFile(run))));
      files.add("run/", run, path -> path.equals("conditions.json") || path.startsWith("nets/"));
    }
    return files;
  }
}
