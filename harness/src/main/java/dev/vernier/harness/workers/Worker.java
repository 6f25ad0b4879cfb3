package dev.vernier.harness.workers;

import dev.vernier.harness.progress.Progress;
import dev.vernier.records.FullDisk;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker process: it takes ids of cells, a line each, from its standard input, reports its
 * progress on its standard output, and there says when a cell is done. It ends with its input. What
 * it logs is logged here.
 */
public final class Worker implements AutoCloseable {
  /** The option that names the folder of curves, of a worker as of the process that starts it. */
  public static final String TENSOR_BOARD = "--tensorboard";

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** Begins an event of the log, and stands for the ends of its lines. */
  private static final String LOGGED = "\u007f";

  /** What has a worker log each event in one line that is known, by the name in logback.xml. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("VERNIER_LOG_PATTERN", LOGGED + "%replace(%msg%n%ex){'\\R','" + LOGGED + "'}%n%nopex");

  private static final int LINES_KEPT = 20;

  /** 128 and the number of SIGKILL. */
  private static final int KILLED = 137;

  private static final Pattern NEWS =
      Pattern.compile("(?<task>[^\t]*)\t(?<done>\\d{1,18})\t(?<total>\\d{1,18})\t(?<detail>.*)");
  private static final String DONE = "\tdone\t";
  private static final String FULL = "\tfull disk\t";
  private static final String REFUSED = "\trefused\t";
  private final Process process;
  private final BufferedWriter cells;
  private final BufferedReader lines;
  private final Deque<String> output = new ArrayDeque<>();

  private Worker(Process process) {
    this.process = process;
    this.cells = process.outputWriter(StandardCharsets.UTF_8);
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a worker.
   *
   * @param folder in which it runs
   * @param environment what it gets beside this process's own
   */
  public static Worker start(Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(ENVIRONMENT);
    builder.environment().putAll(environment);
    return new Worker(builder.start());
  }

  /** Unlike the process's own, its handle's destroy leaves open what the worker still says. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * Has a cell run.
   *
   * @return whether the worker says that it is done; else the worker has ended
   * @throws FullDisk if the worker says so
   * @throws Refusal if the worker says so
   */
  public boolean run(String cell, Progress progress) throws IOException {
    output.clear();
    try {
      cells.write(cell);
      cells.newLine();
      cells.flush();
    } catch (IOException e) {
      // It has ended: what it still said tells more than a broken pipe.
      handle().destroy();
    }
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      // What a library printed without an end of its line may stand before it.
      if (line.endsWith(DONE + cell)) {
        return true;
      }
      int full = line.indexOf(FULL);
      if (full >= 0) {
        throw new FullDisk(line.substring(full + FULL.length()));
      }
      int refused = line.indexOf(REFUSED);
      if (refused >= 0) {
        throw new Refusal(line.substring(refused + REFUSED.length()));
      }
      forward(line, progress);
    }
    return false;
  }

  private void forward(String line, Progress progress) {
    if (line.startsWith(LOGGED)) {
      LOG.info(line.replace(LOGGED, "\n").strip());
      return;
    }
    // Plugins and libraries print what they like; only a line of just this form is news.
    Matcher news = NEWS.matcher(line);
    if (news.matches()) {
      long done = Long.parseLong(news.group("done"));
      long total = Long.parseLong(news.group("total"));
      progress.update(news.group("task"), done, total, news.group("detail"));
      return;
    }
    output.add(line);
    if (output.size() > LINES_KEPT) {
      output.poll();
    }
  }

  /** How it ended, once it has: its exit code and its last lines. */
  public String exitMessage() {
    try {
      int code = process.waitFor();
      String said = String.join(" | ", output);
      return "the worker ended with exit code "
          + code
          + (said.isEmpty() ? "" : ": " + said)
          + (code == KILLED
              ? "; it was killed, as systems do where memory runs out: try fewer --workers"
              : "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the worker did not end in time";
    }
  }

  /** Has no more cells for it, and waits for its end. */
  @Override
  public void close() throws IOException {
    try {
      cells.close();
    } catch (IOException e) {
      // It has ended already.
    }
    try {
      while (lines.readLine() != null) {
        // What it says at its end is of no use any more.
      }
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      handle().destroy();
    }
  }

  /** The progress that a worker reports on its standard output: a line of fields. */
  public static Progress progress() {
    return (task, done, total, detail) ->
        System.out.println(task + "\t" + done + "\t" + total + "\t" + detail);
  }

  /** Reports on standard output that a disk has no room. */
  public static void report(FullDisk error) {
    System.out.println(FULL + error.getMessage());
  }

  /** Reports on standard output that this machine computes no cells. */
  public static void report(Refusal refusal) {
    System.out.println(REFUSED + refusal.getMessage());
  }

  /** Reports on standard output that a cell is done. */
  public static void reportDone(String cell) {
    System.out.println(DONE + cell);
  }
}
