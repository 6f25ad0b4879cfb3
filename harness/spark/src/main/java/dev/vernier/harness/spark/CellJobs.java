package dev.vernier.harness.spark;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.runs.Schedule;
import dev.vernier.harness.spark.task.CellOutcome;
import dev.vernier.harness.spark.task.CellRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.FutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.rdd.RDD;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.util.Try;

/**
 * Cells as jobs of one task each, submitted as soon as what they stand on is done. No more of them
 * wait in Spark than keep its executors busy: what waits there takes the driver's memory, 6 MiB for
 * 1,000 cells, and gains no time.
 */
final class CellJobs {
  /** Jobs in Spark for each cell that can run. */
  private static final int PER_SLOT = 2;

  /** Write results into the run's folder, side by side. */
  private static final int RECEIVERS = 4;

  private final SparkCluster cluster;
  private final JavaSparkContext context;
  private final Function<CellRequest, CellOutcome> task;
  private final CellTransfer transfer;
  private final Refusals refusals;
  private final Schedule schedule;
  private final Progress progress;
  private final int cells;
  private int inFlight;
  private int done;
  private int failed;
  private boolean stopped;
  private IOException fatal;

  CellJobs(
      SparkCluster cluster,
      Function<CellRequest, CellOutcome> task,
      CellTransfer transfer,
      List<CellPlan> cells,
      Progress progress) {
    this.cluster = cluster;
    this.context = cluster.context();
    this.task = task;
    this.transfer = transfer;
    this.refusals = new Refusals(context, cluster.news(), progress);
    this.schedule = new Schedule(cells);
    this.progress = progress;
    this.cells = cells.size();
    cells.forEach(transfer::expect);
  }

  /**
   * Runs all cells, or those until it is stopped.
   *
   * @throws IOException if a result cannot be written, or the application is gone
   */
  void run() throws IOException {
    tell();
    ExecutorService receivers = Executors.newFixedThreadPool(RECEIVERS);
    try {
      submitAll(ExecutionContext.fromExecutor(receivers));
      // The folder is not left while a result or a checkpoint is written there.
      awaitAll();
      cluster.awaitTasks();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    } finally {
      receivers.shutdown();
    }
    if (fatal != null) {
      throw fatal;
    }
  }

  private void submitAll(ExecutionContext receivers) throws InterruptedException {
    try {
      for (Optional<CellPlan> plan = next(); plan.isPresent(); plan = next()) {
        submit(plan.get(), receivers);
      }
    } catch (IOException | RuntimeException e) {
      end(e);
    }
  }

  private Optional<CellPlan> next() throws InterruptedException {
    synchronized (this) {
      while (!stopped && inFlight >= PER_SLOT * cluster.slots()) {
        wait(1000);
      }
    }
    return schedule.next();
  }

  private void submit(CellPlan plan, ExecutionContext receivers) throws IOException {
    CellRequest request = transfer.request(plan);
    context.setJobGroup(plan.id(), plan.method() + ", " + plan.id(), true);
    JavaRDD<CellOutcome> cell = refusals.placed(request).map(task);
    FutureAction<Seq<CellOutcome>> outcome =
        RDD.rddToAsyncRDDActions(cell.rdd(), cell.classTag()).collectAsync();
    boolean late;
    synchronized (this) {
      inFlight++;
      late = stopped;
    }
    outcome.onComplete(
        result -> {
          completed(plan, result, receivers);
          return null;
        },
        receivers);
    if (late) {
      // When all were cancelled, this one was not among them.
      cancelAll();
    }
  }

  private void completed(CellPlan plan, Try<Seq<CellOutcome>> result, ExecutionContext receivers) {
    try {
      if (result.isFailure()) {
        fail(plan, result.failed().get());
      } else if (result.get().head() instanceof CellOutcome.Refused refused) {
        refusals.add(refused);
        submit(plan, receivers);
      } else {
        transfer.receive(plan, result.get().head());
        done(plan);
      }
    } catch (IOException | RuntimeException | Error e) {
      end(e);
    }
    synchronized (this) {
      inFlight--;
      tell();
      notifyAll();
    }
  }

  private void done(CellPlan plan) {
    transfer.done(plan);
    schedule.done(plan);
    synchronized (this) {
      done++;
    }
  }

  private synchronized void tell() {
    progress.update(
        "cells on Spark",
        done,
        cells,
        inFlight + " more submitted" + (failed > 0 ? ", " + failed + " failed" : ""));
  }

  /** Writes the result of a cell that no executor could run; not where the work is stopped. */
  private void fail(CellPlan plan, Throwable error) throws IOException {
    synchronized (this) {
      if (stopped) {
        return;
      }
    }
    if (context.sc().isStopped()) {
      throw gone(error);
    }
    transfer.fail(plan, Failures.words(error));
    synchronized (this) {
      failed++;
    }
    done(plan);
  }

  private static IOException gone(Throwable error) {
    return new IOException(
        "the Spark application has ended, and --resume goes on in another: "
            + Failures.words(error),
        error);
  }

  private void end(Throwable error) {
    synchronized (this) {
      if (fatal == null) {
        fatal = told(error);
      }
    }
    stop();
  }

  private IOException told(Throwable error) {
    if (error instanceof IOException known) {
      return known;
    }
    return context.sc().isStopped() ? gone(error) : new IOException(error.toString(), error);
  }

  /** Has no other cell submitted, and those under way save where they are. */
  void stop() {
    synchronized (this) {
      stopped = true;
      notifyAll();
    }
    schedule.stop();
    cancelAll();
  }

  private void cancelAll() {
    try {
      if (!context.sc().isStopped()) {
        context.cancelAllJobs();
      }
    } catch (RuntimeException e) {
      // The application is ending just now, and its jobs with it.
    }
  }

  private synchronized void awaitAll() throws InterruptedException {
    while (inFlight > 0) {
      wait();
    }
  }
}
