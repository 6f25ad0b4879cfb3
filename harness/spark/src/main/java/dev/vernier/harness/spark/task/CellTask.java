package dev.vernier.harness.spark.task;

import dev.vernier.harness.workers.Refusal;
import dev.vernier.harness.workers.Worker;
import dev.vernier.records.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * Has a worker process run a cell. It may run again, or twice at once: a cell is computed by one
 * process at a time, and not again once it has its result.
 */
public final class CellTask implements Function<CellRequest, CellOutcome> {
  private static final long serialVersionUID = 1L;

  /** As long as a worker may take to save where it is. */
  public static final long PATIENCE_SECONDS = 60;

  private final WorkerSetup setup;
  private final Broadcast<FileSet> session;
  private final CellNews news;

  /**
   * A task of a session.
   *
   * @param session what every worker needs, by folders of its executor
   */
  public CellTask(WorkerSetup setup, Broadcast<FileSet> session, CellNews news) {
    this.setup = setup;
    this.session = session;
    this.news = news;
  }

  @Override
  public CellOutcome call(CellRequest request) throws IOException, InterruptedException {
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    try {
      ExecutorSite site = site(request);
      run(site, request.id());
      return new CellOutcome.Done(host, files(site.cell(request.id())), site.curves(request.id()));
    } catch (Refusal e) {
      return new CellOutcome.Refused(host, SparkEnv.get().executorId(), e.getMessage());
    } catch (FullDisk e) {
      return setup.travels()
          ? new CellOutcome.Refused(host, SparkEnv.get().executorId(), e.getMessage())
          : new CellOutcome.FullFolder(host, e.getMessage());
    }
  }

  private ExecutorSite site(CellRequest request) throws IOException {
    try {
      ExecutorSite site = ExecutorSite.of(setup, session);
      site.requireRun();
      site.receive(request);
      return site;
    } catch (IOException e) {
      // The disk is this machine's own.
      throw FullDisk.isCauseOf(e)
          ? new Refusal(FullDisk.at(ExecutorSite.local(), 0, e).getMessage(), e)
          : e;
    }
  }

  private FileSet files(Path cell) throws IOException {
    return setup.travels()
        ? new FileSet().add("", cell, CellTask::isResult)
        : new FileSet()
            .add(CellOutcome.RESULT, Files.readAllBytes(cell.resolve(CellOutcome.RESULT)));
  }

  /** Whether a file of a cell's folder belongs to what came of it. */
  private static boolean isResult(String path) {
    return !path.startsWith("state/step-")
        && !path.startsWith("state/next/")
        && !path.equals("cell.json")
        && !path.equals(".lock");
  }

  private void run(ExecutorSite site, String id) throws IOException, InterruptedException {
    Worker worker = site.take();
    CompletableFuture<Boolean> done =
        CompletableFuture.supplyAsync(() -> ran(worker, id), task -> new Thread(task, id).start());
    try {
      if (done.get()) {
        site.give(worker);
        return;
      }
    } catch (InterruptedException e) {
      stop(worker, done);
      throw e;
    } catch (ExecutionException e) {
      worker.close();
      throw e.getCause() instanceof IOException cause
          ? cause
          : new IOException(e.getCause().toString(), e.getCause());
    }
    String last = worker.exitMessage();
    worker.close();
    throw new IOException(last);
  }

  private boolean ran(Worker worker, String id) {
    try {
      return worker.run(id, news.progress());
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  /** Has a worker save where it is, and waits for that, however often it is interrupted. */
  private static void stop(Worker worker, CompletableFuture<Boolean> done) throws IOException {
    worker.handle().destroy();
    try {
      done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      worker.handle().destroyForcibly();
    }
    worker.close();
  }
}
