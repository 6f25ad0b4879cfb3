package dev.vernier.harness.runs;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.machine.Machine;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.workers.Worker;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Runs cells in worker JVMs, each with as many native threads as this one: two of one thread finish
 * a sweep sooner than one process with two, and a native crash takes one cell, not the sweep. Where
 * a worker crashes, another goes on from the cell's last checkpoint, once.
 */
public final class ProcessExecutor implements CellExecutor {
  private static final int ATTEMPTS = 2;

  private final RunFolder folder;
  private final int workers;
  private final List<String> command;
  private final Interruption interruption;
  private final Set<ProcessHandle> running = ConcurrentHashMap.newKeySet();
  private volatile Schedule schedule = new Schedule(List.of());
  private volatile boolean stopped;

  /**
   * Workers for the cells of a run.
   *
   * @param arguments what a worker's command line gets besides folder and cell
   */
  public static ProcessExecutor of(
      RunFolder folder, int workers, List<String> arguments, Interruption interruption) {
    return new ProcessExecutor(folder, workers, command(folder, workers, arguments), interruption);
  }

  /**
   * Workers of any kind.
   *
   * @param command the command line of a worker
   */
  ProcessExecutor(RunFolder folder, int workers, List<String> command, Interruption interruption) {
    this.folder = folder;
    this.workers = workers;
    this.command = command;
    this.interruption = interruption;
    // A terminal's Ctrl-C reaches the workers by itself; a signal to this process alone does not.
    interruption.onRequest(this::stop);
  }

  /**
   * The number of workers that a run of many cells gets by default: as many as cores and memory
   * serve.
   *
   * @param cells of the run, finished ones included
   * @param memory what a worker may take, in MiB
   * @return 0 where the cells run in this process: one cell, a GPU, or cores or memory for one
   */
  public static int number(int cells, int memory) {
    if (!Backend.load().equals("CpuBackend")) {
      return 0;
    }
    int cores = Runtime.getRuntime().availableProcessors() / Backend.threads();
    long served = Math.min(cores, Machine.memory() / memory);
    int workers = (int) Math.min(cells, served);
    return workers > 1 ? workers : 0;
  }

  @Override
  public String device() {
    return Backend.description() + " in each of " + workers + " workers";
  }

  @Override
  public void execute(List<CellPlan> cells, Progress progress) throws IOException {
    Schedule waiting = new Schedule(cells);
    schedule = waiting;
    List<Callable<Void>> lanes = new ArrayList<>();
    for (int i = 0; i < Math.min(workers, cells.size()); i++) {
      String name = "worker " + (i + 1) + ": ";
      lanes.add(() -> work(waiting, labelled(name, progress)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      // Waits for every lane, failed or not: the folder is not left while a worker writes there.
      for (Future<Void> lane : threads.invokeAll(lanes)) {
        lane.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause
          ? cause
          : new IOException(String.valueOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      threads.shutdown();
    }
    if (interruption.requested()) {
      throw new Interruption.Interrupted();
    }
  }

  private static Progress labelled(String name, Progress progress) {
    return (task, done, total, detail) -> progress.update(name + task, done, total, detail);
  }

  private Void work(Schedule waiting, Progress progress) throws IOException, InterruptedException {
    try (Lane lane = new Lane(progress)) {
      try {
        for (Optional<CellPlan> plan = waiting.next();
            plan.isPresent() && !stopping();
            plan = waiting.next()) {
          lane.run(plan.get());
          waiting.done(plan.get());
        }
        return null;
      } catch (IOException | RuntimeException | Error e) {
        // Before the lane is closed, which waits for its worker.
        stop();
        throw e;
      }
    }
  }

  /** Ends the workers, and has no other started. */
  private void stop() {
    stopped = true;
    schedule.stop();
    running.forEach(ProcessHandle::destroy);
  }

  private boolean stopping() {
    return stopped || interruption.requested();
  }

  /** Cells one after the other in one worker, which is replaced where it ends before its time. */
  private final class Lane implements AutoCloseable {
    private final Progress progress;
    private Worker worker;

    Lane(Progress progress) {
      this.progress = progress;
    }

    void run(CellPlan plan) throws IOException {
      String last = "";
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        // One that has ended between two cells has failed none.
        if (worker != null && !worker.handle().isAlive()) {
          close();
        }
        if (worker == null) {
          start();
        }
        if (worker.run(plan.id(), progress) || stopping()) {
          return;
        }
        last = worker.exitMessage();
        close();
        progress.update(last, 0, 0, attempt < ATTEMPTS ? "trying once more" : "giving up");
      }
      folder.fail(plan, last);
    }

    private void start() throws IOException {
      String threads = String.valueOf(Backend.threads());
      worker =
          Worker.start(
              Path.of("").toAbsolutePath(),
              command,
              Map.of("OMP_NUM_THREADS", threads, "OPENBLAS_NUM_THREADS", threads));
      running.add(worker.handle());
      if (stopping()) {
        worker.handle().destroy();
      }
    }

    @Override
    public void close() throws IOException {
      if (worker != null) {
        worker.close();
        running.remove(worker.handle());
        worker = null;
      }
    }
  }

  private static List<String> command(RunFolder folder, int workers, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-XX:ActiveProcessorCount=" + Backend.threads());
    command.add("-Xmx" + Machine.heapLimit() / workers + "m");
    command.add("-Dorg.bytedeco.javacpp.maxbytes=" + Machine.arrayLimit() / workers + "m");
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=" + Machine.nativeLimit() / workers + "m");
    command.add("-cp");
    command.add(classPath());
    command.add("dev.vernier.harness.cli.Vernier");
    command.add("worker");
    command.add(folder.path().toString());
    command.addAll(arguments);
    return command;
  }

  /** That of this code: a loader that keeps it apart from others, as of Spark, has its own. */
  private static String classPath() {
    if (!(ProcessExecutor.class.getClassLoader() instanceof URLClassLoader apart)) {
      return System.getProperty("java.class.path");
    }
    return Arrays.stream(apart.getURLs())
        .map(each -> Path.of(URI.create(each.toString())).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
