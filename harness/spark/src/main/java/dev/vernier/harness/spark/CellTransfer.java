package dev.vernier.harness.spark;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.runs.CellTraining;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.harness.spark.task.CellOutcome;
import dev.vernier.harness.spark.task.CellRequest;
import dev.vernier.harness.spark.task.FileSet;
import dev.vernier.records.FullDisk;
import dev.vernier.records.ResultFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * How a cell gets to a machine and its result into the run's folder: through that folder, or as
 * files that travel.
 */
final class CellTransfer {
  /** A network's file system may show a file that another machine wrote so much later. */
  private static final int PATIENCE_SECONDS = 90;

  private final JavaSparkContext context;
  private final RunFolder folder;
  private final Optional<Path> curves;
  private final boolean shared;
  private final Shipment shipment;

  /** Cells that others stand on, as they were sent, by id. */
  private final Map<String, Sent> sent = new HashMap<>();

  private static final class Sent {
    private Broadcast<FileSet> files;
    private int users;
  }

  /**
   * For the cells of a run.
   *
   * @param curves takes TensorBoard's files that travel; empty where none do
   * @param shared whether every machine sees the run's folder
   */
  CellTransfer(
      JavaSparkContext context,
      RunFolder folder,
      Optional<Path> curves,
      boolean shared,
      Shipment shipment) {
    this.context = context;
    this.folder = folder;
    this.curves = curves;
    this.shared = shared;
    this.shipment = shipment;
  }

  /** Says that a cell is going to be sent. */
  void expect(CellPlan plan) {
    plan.inputs().forEach(id -> sent.computeIfAbsent(id, each -> new Sent()).users++);
  }

  /** A cell whose inputs are done. */
  CellRequest request(CellPlan plan) throws IOException {
    if (shared) {
      return new CellRequest(plan.id(), new FileSet(), List.of());
    }
    List<Broadcast<FileSet>> inputs = new ArrayList<>();
    for (String id : plan.inputs()) {
      inputs.add(send(id));
    }
    byte[] json = Files.readAllBytes(folder.planFile(plan.id()));
    FileSet sentPlan = new FileSet().add(plan.id() + "/cell.json", shipment.rename(json));
    return new CellRequest(plan.id(), sentPlan, inputs);
  }

  private synchronized Broadcast<FileSet> send(String id) throws IOException {
    Sent cell = sent.get(id);
    if (cell.files == null) {
      cell.files =
          context.broadcast(new FileSet().add(id + "/", folder.cell(id), CellTransfer::isInput));
    }
    return cell.files;
  }

  /** What a cell leaves for those that stand on it. */
  private static boolean isInput(String path) {
    return path.equals(CellOutcome.RESULT)
        || path.equals("protocols.json")
        || path.startsWith("state/tokenizer/")
        || path.startsWith("state/generator/");
  }

  /**
   * Sees to it that the result of a cell is in the run's folder, and no other.
   *
   * @throws FullDisk if there was no room for it
   */
  void receive(CellPlan plan, CellOutcome outcome) throws IOException {
    if (outcome instanceof CellOutcome.FullFolder full) {
      throw new FullDisk(full.line());
    }
    CellOutcome.Done done = (CellOutcome.Done) outcome;
    FileSet files = done.files();
    if (curves.isPresent()) {
      done.curves().write(curves.get(), "");
    }
    if (shared) {
      byte[] result = files.files().get(CellOutcome.RESULT);
      await(result, ResultFiles.cellFile(folder.path(), plan.id()), outcome.host());
    } else {
      shipment.restore(files).write(folder.cell(plan.id()), CellOutcome.RESULT);
      if (folder.finished(plan.id(), line -> {}).isPresent()) {
        // Of a session that computed it here.
        CellTraining.clear(folder.cell(plan.id()));
      }
    }
  }

  /** Waits for a result; until it shows up there is none, or that of an earlier session. */
  private static void await(byte[] result, Path file, String host) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!holds(file, result)) {
      if (System.nanoTime() > end) {
        throw new IOException(host + " has written " + file + ", which does not show up here");
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for " + file, e);
      }
    }
  }

  private static boolean holds(Path file, byte[] content) throws IOException {
    try {
      return Arrays.equals(Files.readAllBytes(file), content);
    } catch (FileSystemException e) {
      // It is not there yet, or was replaced in the meantime.
      return false;
    }
  }

  /** Writes the result of a cell that could not be run, unless it has its numbers. */
  void fail(CellPlan plan, String why) throws IOException {
    folder.fail(plan, why);
  }

  /** Forgets what a cell stood on, once nothing else does. */
  synchronized void done(CellPlan plan) {
    for (String id : plan.inputs()) {
      Sent cell = sent.get(id);
      if (--cell.users == 0 && cell.files != null) {
        cell.files.destroy();
        sent.remove(id);
      }
    }
  }
}
