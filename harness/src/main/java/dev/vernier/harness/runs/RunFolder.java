package dev.vernier.harness.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.GenerationPlan;
import dev.vernier.harness.files.OutputFolder;
import dev.vernier.harness.machine.Machine;
import dev.vernier.harness.weights.SavedGenerator;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.records.Cell;
import dev.vernier.records.DamagedJson;
import dev.vernier.records.Generation;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.RunRecord;
import dev.vernier.records.WholeFile;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The folder of a run: which files lie where. */
public record RunFolder(Path path) {
  private static final long MILLISECONDS_BETWEEN = 100;

  private static final String TABLE = "results.csv";
  private static final String REPORT = "report";

  /** What lies in one, beside its record. */
  private static final Set<String> PARTS =
      Set.of("nets", "cells", "conditions.json", TABLE, "choice.yaml", REPORT);

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private OutputFolder output() {
    return new OutputFolder(path, "--out");
  }

  /**
   * Looks whether a run can begin or go on here; writes nothing.
   *
   * @throws UsageException if it is a file, or holds anything but a run
   */
  public void refuseOthers() throws IOException {
    // One that was killed early, or whose record was damaged and deleted, has no more than parts.
    boolean taken = Files.exists(ownerFile());
    output().refuseOthers(entry -> begun() || (taken && PARTS.contains(entry)));
  }

  /**
   * Looks whether a run can begin here; writes nothing.
   *
   * @throws UsageException if it is a file, or holds a run or anything else
   */
  public void requireFree() throws IOException {
    refuseOthers();
    if (begun()) {
      throw new UsageException(path + " holds a run already: choose another --out");
    }
  }

  /**
   * Looks whether a run can begin here, or go on where it was cut short; writes nothing.
   *
   * @param experiment the run's
   * @throws UsageException if it is a file, or holds a run of another experiment, one that is done
   *     and has been reported, or anything else
   */
  public void requireUnfinished(String experiment) throws IOException {
    refuseOthers();
    if (!begun()) {
      return;
    }
    RunRecord record = ResultFiles.readRecord(path);
    if (!experiment.equals(record.experiment())) {
      throw new UsageException(
          "%s holds a run of %s already: choose another --out"
              .formatted(path, record.experiment()));
    }
    if (Files.exists(table()) && isDone(record)) {
      throw new UsageException(
          "%s holds a run already: choose another --out; 'vernier report %s' writes its report again"
              .formatted(path, path));
    }
  }

  private boolean isDone(RunRecord record) throws IOException {
    for (String id : record.cells()) {
      if (finished(id, line -> {}).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes the folder for this process until the lock is closed, and deletes what writers that were
   * killed left in it.
   *
   * @throws UsageException if it is a file, or another process has it, which the message names with
   *     its machine
   */
  public Lock lock() throws IOException {
    output().refuseFile();
    Optional<Lock> lock = tryLock(path);
    if (lock.isEmpty()) {
      throw new UsageException(
          path + " is in use by " + owner() + ": wait until it ends, or choose another --out");
    }
    return owned(lock.get());
  }

  /**
   * Takes the folder in the same way, once no other has it.
   *
   * @param waiting takes who has it, where another has
   * @param between called before each further try; may throw to stop
   */
  Lock lock(Consumer<String> waiting, Runnable between) throws IOException {
    Optional<Lock> lock = tryLock(path);
    if (lock.isPresent()) {
      return owned(lock.get());
    }
    waiting.accept(owner());
    return owned(await(path, between));
  }

  private Lock owned(Lock lock) throws IOException {
    String owner = "process " + ProcessHandle.current().pid() + " on " + Machine.host();
    ResultFiles.writeWhole(ownerFile(), owner.getBytes(StandardCharsets.ISO_8859_1));
    clear();
    return lock;
  }

  /** Cells have locks of their own, and workers that may have outlived whoever began the run. */
  private void clear() throws IOException {
    WholeFile.clear(path, 1);
    for (Path each : List.of(nets(), report())) {
      if (Files.isDirectory(each)) {
        WholeFile.clear(each);
      }
    }
  }

  /**
   * Takes a cell for this process until the lock is closed, once no other has it: one that lost
   * whoever began it may still be saving where it was.
   *
   * @param between called before each further try; may throw to stop
   */
  Lock lockCell(String id, Runnable between) throws IOException {
    return await(cell(id), between);
  }

  private Lock await(Path folder, Runnable between) throws IOException {
    try {
      Optional<Lock> lock = tryLock(folder);
      while (lock.isEmpty()) {
        between.run();
        Thread.sleep(MILLISECONDS_BETWEEN);
        lock = tryLock(folder);
      }
      return lock.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the wait for " + folder + " was interrupted", e);
    }
  }

  /** The lock; empty where another process has it. */
  private Optional<Lock> tryLock(Path folder) throws IOException {
    FileChannel channel = lockFile(folder);
    try {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return Optional.of(new Lock(channel, lock));
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  private static FileChannel lockFile(Path folder) throws IOException {
    Files.createDirectories(folder);
    return FileChannel.open(
        folder.resolve(".lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.READ);
  }

  /** Who has the folder; a process that has only just taken it has not said so yet. */
  private String owner() throws IOException {
    Path file = ownerFile();
    return Files.exists(file)
        ? Files.readString(file, StandardCharsets.ISO_8859_1)
        : "another process";
  }

  private Path ownerFile() {
    return path.resolve(".owner");
  }

  private FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (IOException e) {
      throw new IOException(
          path
              + " cannot be locked ("
              + e.getMessage()
              + "): choose an --out on a file system with locks, or mount this one with them",
          e);
    } catch (OverlappingFileLockException e) {
      // This very process has it.
      return null;
    }
  }

  /** The hold on a folder. */
  public record Lock(FileChannel channel, FileLock lock) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Whether a run was begun here. */
  public boolean begun() {
    return Files.exists(ResultFiles.runFile(path));
  }

  /** The run whose folder a path is in or below; empty where it is in none. */
  public static Optional<RunFolder> around(Path path) {
    return Stream.iterate(path.toAbsolutePath().normalize(), Objects::nonNull, Path::getParent)
        .map(RunFolder::new)
        .filter(RunFolder::begun)
        .findFirst();
  }

  /** The folder of the report. */
  public Path report() {
    return path.resolve(REPORT);
  }

  /** The results for spreadsheets, with which the report of a run that is done begins. */
  public Path table() {
    return path.resolve(TABLE);
  }

  /** The folder of the dataset's own nets that the run was made with. */
  Path nets() {
    return path.resolve("nets");
  }

  /** Writes what the numbers of a session's cells rest on, for whoever runs them. */
  void write(Conditions conditions) throws IOException {
    ResultFiles.writeWhole(conditionsFile(), JSON.writeValueAsBytes(conditions));
  }

  /** Reads what {@link #write(Conditions)} wrote; none where nothing was. */
  Conditions conditions() throws IOException {
    if (!Files.exists(conditionsFile())) {
      return new Conditions(Collections.emptySortedMap());
    }
    try {
      return JSON.readValue(conditionsFile().toFile(), Conditions.class);
    } catch (JsonProcessingException e) {
      throw DamagedJson.of(conditionsFile(), e, "delete it and run again with --resume");
    }
  }

  private Path conditionsFile() {
    return path.resolve("conditions.json");
  }

  /** The folder of a cell. */
  public Path cell(String id) {
    return ResultFiles.cellFolder(path, id);
  }

  /** Writes what a cell is, for whoever runs it. */
  public void write(CellPlan plan) throws IOException {
    ResultFiles.writeWhole(planFile(plan.id()), JSON.writeValueAsBytes(plan));
  }

  /** The file that says what a cell is. */
  public Path planFile(String id) {
    return cell(id).resolve("cell.json");
  }

  /** Reads what {@link #write} wrote. */
  public CellPlan plan(String id) throws IOException {
    try {
      return JSON.readValue(planFile(id).toFile(), CellPlan.class);
    } catch (JsonProcessingException e) {
      throw new UsageException(planFile(id) + " is damaged: run again with --resume", e);
    }
  }

  /** Writes the protocols of a cell's numbers, by fingerprint. */
  public void writeProtocols(String id, Map<String, Map<String, String>> protocols)
      throws IOException {
    ResultFiles.writeWhole(protocolFile(id), JSON.writeValueAsBytes(protocols));
  }

  /** Reads what {@link #writeProtocols} wrote; empty where nothing was. */
  public Map<String, Map<String, String>> protocols(String id) throws IOException {
    Path file = protocolFile(id);
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      return JSON.readValue(file.toFile(), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw DamagedJson.of(
          file, e, "restore it, or delete its cell's folder and run again with --resume");
    }
  }

  private Path protocolFile(String id) {
    return cell(id).resolve("protocols.json");
  }

  /**
   * Whether a result was made from the weights that lie here now: a cell that was trained again may
   * have got others. Weights that are gone contradict nothing.
   */
  boolean isCurrent(CellPlan plan, Cell cell, WeightHashes hashes) throws IOException {
    GenerationPlan own = plan.generation();
    if (own == null) {
      return true;
    }
    Path tokenizer = SavedTokenizer.ofCell(cell(own.tokenizerCell()));
    return agrees(cell, Generation.TOKENIZER, tokenizer, hashes)
        && (own.trains()
            || agrees(
                cell,
                Generation.GENERATOR,
                SavedGenerator.ofCell(cell(own.generatorCell())),
                hashes));
  }

  private static boolean agrees(Cell cell, String input, Path weights, WeightHashes hashes)
      throws IOException {
    return !Files.isDirectory(weights)
        || hashes.of(weights).equals(cell.generation().inputs().get(input));
  }

  /**
   * Writes that a cell could not be run, unless it has its numbers: whoever ran it may have been
   * lost after that.
   */
  public void fail(CellPlan plan, String why) throws IOException {
    Optional<Cell> finished = finished(plan.id(), line -> {});
    if (finished.isEmpty() || !isCurrent(plan, finished.get(), new WeightHashes())) {
      ResultFiles.write(path, CellRunner.failed(plan, why));
    }
  }

  /**
   * The result of a cell that has its numbers.
   *
   * @param warnings takes a line about a damaged file, whose cell then counts as not run
   */
  public Optional<Cell> finished(String id, Consumer<String> warnings) throws IOException {
    if (!Files.exists(ResultFiles.cellFile(path, id))) {
      return Optional.empty();
    }
    try {
      Cell cell = ResultFiles.readCell(path, id);
      return Optional.of(cell).filter(each -> each.status() == Cell.Status.FINISHED);
    } catch (UsageException e) {
      warnings.accept(e.getMessage() + "; its cell runs again");
      return Optional.empty();
    }
  }
}
