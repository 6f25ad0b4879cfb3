package dev.vernier.harness.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vernier.harness.evaluation.ReferenceImages;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.GenerationPlan;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.machine.Machine;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import dev.vernier.records.RunRecord.Provenance;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** One experiment in one folder: its record, and the cells that are not done yet. */
public final class ExperimentRun {
  private static final String DIFFERS = "differs between cells";
  private final RunPlan plan;
  private final RunFolder folder;
  private final RunContext context;
  private final RunRecord.Dataset measured;
  private final Map<String, String> identity;
  private final Function<CellPlan, Optional<String>> trunk;

  /** A run whose cells are trained; the context stays the caller's. */
  public static ExperimentRun training(
      RunPlan plan, RunFolder folder, RunContext context, Trunks trunks) {
    return new ExperimentRun(plan, folder, context, measured(plan, context), trunks::hash);
  }

  /** A run whose tokenizers are all given; the context stays the caller's. */
  public static ExperimentRun evaluation(RunPlan plan, RunFolder folder, RunContext context) {
    return scoring(plan, folder, context, measured(plan, context));
  }

  /**
   * The same of images beside the dataset, from which no more than the net that scores comes.
   *
   * @param measured the images that are reconstructed
   */
  public static ExperimentRun scoring(
      RunPlan plan, RunFolder folder, RunContext context, RunRecord.Dataset measured) {
    ExperimentRun run =
        new ExperimentRun(plan, folder, context, measured, cell -> Optional.empty());
    if (!measured.hash().equals(context.dataset().spec().hash())) {
      run.identity.put("reference", measured.hash());
    }
    return run;
  }

  private static RunRecord.Dataset measured(RunPlan plan, RunContext context) {
    ImageDataset dataset = context.dataset();
    return new RunRecord.Dataset(
        dataset.spec().name(),
        dataset.spec().hash(),
        dataset.spec().imageSize(),
        dataset.size(Split.TRAIN),
        new ReferenceImages(dataset, plan.options().get(RunOptions.IMAGES)).count(),
        dataset.spec().classes().size(),
        dataset.skipped());
  }

  private ExperimentRun(
      RunPlan plan,
      RunFolder folder,
      RunContext context,
      RunRecord.Dataset measured,
      Function<CellPlan, Optional<String>> trunk) {
    this.measured = measured;
    this.identity = new LinkedHashMap<>(context.identity());
    // Says nothing; the ids of cells hold it, so that runs begun long ago can be resumed.
    this.identity.put("weights", "");
    this.trunk = trunk;
    this.plan = plan;
    this.folder = folder;
    this.context = context;
  }

  /**
   * Runs every cell that has no result, or one of other inputs than there are now.
   *
   * @param command what the user wrote
   * @param executor where
   * @return the run as it is now
   * @throws UsageException if the folder holds a run with other settings, data or nets
   * @throws Interruption.Interrupted when asked to stop
   */
  public Run run(String command, CellExecutor executor, Progress progress) throws IOException {
    List<CellPlan> cells = plan.cells(identity, trunk);
    Optional<RunRecord> before = before(cells);
    List<CellPlan> open = open(cells, progress);
    Conditions conditions = context.conditions();
    Sessions begun = Sessions.begun(now(conditions, executor.device()), command);
    if (before.isPresent() && !open.isEmpty()) {
      sayWhereOther(before.get().provenance().code(), conditions.code(), progress);
    }
    Sessions sessions = before.map(record -> begun.resuming(record, !open.isEmpty())).orElse(begun);
    RunRecord record = record(cells, sessions, before.map(RunRecord::unknown).orElse(Map.of()));
    ResultFiles.write(folder.path(), record);
    folder.write(conditions);
    for (CellPlan cell : cells) {
      folder.write(cell);
    }
    executor.execute(open, progress);
    ResultFiles.write(folder.path(), ended(record));
    return ResultFiles.read(folder.path());
  }

  /**
   * The cells that have no result, or one of other inputs than there are now; and those that may
   * turn out to, since what they stand on has none.
   */
  private List<CellPlan> open(List<CellPlan> cells, Progress progress) throws IOException {
    List<CellPlan> open = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    WeightHashes hashes = new WeightHashes();
    for (CellPlan cell : cells) {
      Optional<Cell> finished = folder.finished(cell.id(), line -> progress.update(line, 0, 0, ""));
      if (finished.isEmpty()
          || cell.inputs().stream().anyMatch(ids::contains)
          || !folder.isCurrent(cell, finished.get(), hashes)) {
        open.add(cell);
        ids.add(cell.id());
      }
    }
    if (open.size() < cells.size()) {
      int done = cells.size() - open.size();
      progress.update(done + " of " + cells.size() + " cells are done already", 0, 0, "");
    }
    return open;
  }

  /** Says what of the code is not what it was; {@link CellRunner} acts on it, cell by cell. */
  private static void sayWhereOther(
      Map<String, String> before, Map<String, String> now, Progress progress) {
    SortedSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    names.removeIf(name -> Objects.equals(before.get(name), now.get(name)));
    if (!names.isEmpty()) {
      String line =
          "the run was begun with other code (%s): finished cells keep their numbers; unfinished ones of that code start over, and their old state is kept beside them (state-of-...) until they finish"
              .formatted(String.join(", ", names));
      progress.update(line, 0, 0, "");
    }
  }

  private static Provenance now(Conditions conditions, String device) {
    return new Provenance(
        Machine.version(),
        Machine.commit(),
        conditions.code(),
        device,
        Machine.facts(),
        Machine.jvm(),
        instant(),
        null);
  }

  private RunRecord record(List<CellPlan> cells, Sessions sessions, Map<String, JsonNode> unknown)
      throws IOException {
    return new RunRecord(
        ResultFiles.SCHEMA_VERSION,
        plan.experiment().name(),
        plan.experiment().title(),
        plan.scale(),
        plan.values(),
        plan.origins(),
        plan.seeds(),
        measured,
        context.scorer().spec(),
        context.teacherSpecs(),
        protocols(ids(cells)),
        shared(cells, identity),
        sessions.last(),
        sessions.earlier(),
        sessions.commands(),
        ids(cells),
        plan.experiment().findings(),
        plan.experiment().floor(),
        unknown);
  }

  private static List<String> ids(List<CellPlan> cells) {
    return cells.stream().map(CellPlan::id).toList();
  }

  /** The record that the folder holds, which has to be one of these cells. */
  private Optional<RunRecord> before(List<CellPlan> cells) throws IOException {
    if (!folder.begun()) {
      return Optional.empty();
    }
    RunRecord before = ResultFiles.readRecord(folder.path());
    if (!before.seeds().equals(plan.seeds())) {
      int seeds = before.seeds().size();
      throw new UsageException(
          "%s holds a run with %d %s fixed before it, and not %d: choose another --out"
              .formatted(
                  folder.path(),
                  seeds,
                  seeds == 1 ? "seed, which was" : "seeds, which were",
                  plan.seeds().size()));
    }
    if (!before.cells().equals(ids(cells))) {
      throw new UsageException(
          "%s holds a run of %s %s: choose another --out"
              .formatted(folder.path(), before.experiment(), otherwise()));
    }
    return Optional.of(before);
  }

  /** What is not as the folder has it, as far as that can be told. */
  private String otherwise() throws IOException {
    Conditions begun = folder.conditions();
    Set<String> names = begun.differing(identity);
    if (names.contains(Conditions.BACKEND)) {
      return "computed by %s, not by %s (VERNIER_BACKEND, VERNIER_MATH, VERNIER_THREADS)"
          .formatted(begun.values().get(Conditions.BACKEND), identity.get(Conditions.BACKEND));
    }
    if (names.contains(Conditions.DATASET)) {
      return "with other data";
    }
    return names.isEmpty()
        ? "with other settings or other weights"
        : "with other nets (" + String.join(", ", names) + ")";
  }

  /**
   * The settings that are the same in every cell that has them, and those that are not; and the
   * distance, or the net in its place, that they were trained with.
   */
  private static Map<String, String> shared(List<CellPlan> cells, Map<String, String> identity) {
    Map<String, String> shared = new LinkedHashMap<>();
    for (CellPlan cell : cells) {
      Map<String, String> own = cell.generation() == null ? own(cell) : own(cell.generation());
      own.forEach(
          (name, text) ->
              shared.merge(name, text, (one, other) -> one.equals(other) ? one : DIFFERS));
    }
    if (identity.containsKey(RunRecord.PERCEPTUAL_DISTANCE)) {
      shared.put(RunRecord.PERCEPTUAL_DISTANCE, identity.get(RunRecord.PERCEPTUAL_DISTANCE));
    }
    return shared;
  }

  private static Map<String, String> own(CellPlan cell) {
    Map<String, String> own = new LinkedHashMap<>(cell.training());
    cell.settings().forEach(own::putIfAbsent);
    return own;
  }

  private static Map<String, String> own(GenerationPlan generation) {
    Map<String, String> own = new LinkedHashMap<>(generation.training());
    generation.settings().forEach((name, text) -> own.put(RunPlan.GENERATOR + name, text));
    generation.sampling().forEach((name, text) -> own.put(RunPlan.SAMPLING + name, text));
    return own;
  }

  private RunRecord ended(RunRecord record) throws IOException {
    Provenance last = record.provenance();
    String end = last.ended() == null ? instant() : last.ended();
    return record.ended(protocols(record.cells()), last.at(last.started(), end));
  }

  /** The protocols of the numbers that there are so far, by fingerprint. */
  private Map<String, Map<String, String>> protocols(List<String> ids) throws IOException {
    Map<String, Map<String, String>> protocols = new LinkedHashMap<>();
    for (String id : ids) {
      protocols.putAll(folder.protocols(id));
    }
    return protocols;
  }

  private static String instant() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The cells of a run that failed. */
  public static List<Cell> failures(Run run) {
    return run.cells().stream().filter(cell -> cell.status() == Cell.Status.FAILED).toList();
  }
}
