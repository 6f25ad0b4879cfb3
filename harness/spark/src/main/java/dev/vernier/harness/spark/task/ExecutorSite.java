package dev.vernier.harness.spark.task;

import dev.vernier.harness.workers.Refusal;
import dev.vernier.harness.workers.Worker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.broadcast.Broadcast;

/**
 * What the JVM of a Spark executor keeps between the cells that it runs: Vernier's libraries, the
 * files of the session, and workers that have opened data and nets already. Spark deletes its
 * folder when the executor ends, and workers end with the process that started them.
 */
final class ExecutorSite {
  private static ExecutorSite only;

  private final Path folder;
  private final WorkerSetup setup;
  private final Installation installation;
  private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();

  private String examined;

  private ExecutorSite(WorkerSetup setup, FileSet session) throws IOException {
    this.folder = local().resolve("vernier");
    this.setup = setup;
    this.installation = Installation.in(folder);
    Files.createDirectories(plugins());
    session.write(folder, "");
    for (int i = 0; i < setup.archives().size(); i++) {
      Archive.unpack(
          Path.of(SparkFiles.get(setup.archives().get(i))), folder.resolve(Archive.folder(i)));
    }
  }

  /** That of this JVM, for one session. */
  static synchronized ExecutorSite of(WorkerSetup setup, Broadcast<FileSet> session)
      throws IOException {
    if (only == null) {
      only = new ExecutorSite(setup, session.value());
    }
    return only;
  }

  /** A folder that Spark deletes with the executor. */
  static Path local() {
    return SparkEnv.get().blockManager().diskBlockManager().localDirs()[0].toPath();
  }

  private Path plugins() {
    return folder.resolve("plugins");
  }

  private Path curves() {
    return folder.resolve("curves");
  }

  /** What TensorBoard reads of a cell, where that travels; its folder is named after the cell. */
  FileSet curves(String id) throws IOException {
    return new FileSet().add("", curves(), path -> path.split("/", 2)[0].endsWith("-" + id));
  }

  /** The folder of the run, or what stands for it here. */
  Path run() {
    return setup.travels() ? folder.resolve("run") : Path.of(setup.run());
  }

  Path cell(String id) {
    return run().resolve("cells").resolve(id);
  }

  /**
   * Looks whether the run's folder is the driver's.
   *
   * @throws Refusal if it is not
   */
  void requireRun() throws Refusal {
    if (!setup.travels() && !sees(setup.run(), setup.session())) {
      throw new Refusal(
          "this machine does not see the folder of the run, "
              + setup.run()
              + ", which others see: mount it there, or add --ship");
    }
  }

  /** Whether a path leads to the folder in which the driver left its mark. */
  static boolean sees(String run, String session) {
    Path mark = Path.of(run).resolve(WorkerSetup.MARK);
    try {
      return Files.isWritable(mark.getParent())
          && Files.readString(mark, StandardCharsets.UTF_8).equals(session);
    } catch (IOException e) {
      return false;
    }
  }

  /** Takes in what a cell needs and this machine does not see. */
  synchronized void receive(CellRequest request) throws IOException {
    Path cells = run().resolve("cells");
    for (Broadcast<FileSet> input : request.inputs()) {
      String id = input.value().files().firstKey().split("/", 2)[0];
      if (!Files.exists(cells.resolve(id).resolve(CellOutcome.RESULT))) {
        input.value().write(cells, id + "/" + CellOutcome.RESULT);
      }
    }
    request.plan().write(cells, "");
  }

  /** A worker that is idle, or a new one. */
  Worker take() throws IOException {
    for (Worker each = idle.poll(); each != null; each = idle.poll()) {
      if (each.handle().isAlive()) {
        return each;
      }
      each.close();
    }
    List<String> program =
        new ArrayList<>(List.of("worker", run().toString(), "--plugins", plugins().toString()));
    program.addAll(setup.arguments());
    if (setup.curves()) {
      program.addAll(List.of(Worker.TENSOR_BOARD, curves().toString()));
    }
    return Worker.start(directory(), command(program), setup.environment());
  }

  /** Keeps a worker for the next cell. */
  void give(Worker worker) {
    idle.push(worker);
  }

  /** What {@code vernier doctor} prints here, asked once. */
  synchronized String examined() throws IOException, InterruptedException {
    if (examined == null) {
      ProcessBuilder builder =
          new ProcessBuilder(command(List.of("doctor", "--plugins", plugins().toString())))
              .directory(directory().toFile())
              .redirectErrorStream(true);
      builder.environment().putAll(setup.environment());
      Process process = builder.start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      // The same words from machines that are alike.
      String alike = text.replace(folder.toString(), "(a folder of Spark's)");
      examined = code == 0 ? alike : alike + "exit code: " + code + "\n";
    }
    return examined;
  }

  private List<String> command(List<String> program) {
    return setup.command(installation, folder.resolve("cache"), program);
  }

  private Path directory() {
    return Optional.ofNullable(setup.directory())
        .map(Path::of)
        .filter(Files::isDirectory)
        .orElse(folder);
  }
}
