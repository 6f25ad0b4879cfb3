package dev.vernier.reports;

import dev.vernier.records.Cell;
import dev.vernier.records.CodebookUse;
import dev.vernier.records.Finding;
import dev.vernier.records.Generation;
import dev.vernier.records.Given;
import dev.vernier.records.Metric;
import dev.vernier.records.Metric.Better;
import dev.vernier.records.Phase;
import dev.vernier.records.Replicates;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Runs made by hand. */
public final class SampleRuns {
  public static final String PROTOCOL = "0a1b2c3d4e";
  public static final String DATASET_HASH = "d5".repeat(32);

  private SampleRuns() {}

  /** A finished cell whose rFID is the given one, with an interval of its own of +-0.5. */
  public static Cell cell(String method, long seed, double rfid, int... sizes) {
    return cell(method, seed, metrics(rfid, PROTOCOL), Map.of("loss", "l2"), sizes);
  }

  public static Cell cell(
      String method,
      long seed,
      Map<String, Metric> metrics,
      Map<String, String> settings,
      int... sizes) {
    List<SubCodebook> books =
        IntStream.range(0, sizes.length).mapToObj(j -> new SubCodebook("c" + j, sizes[j])).toList();
    List<CodebookUse> use = new ArrayList<>();
    for (SubCodebook book : books) {
      long distinct = Math.max(1, book.size() - 8);
      use.add(
          new CodebookUse(
              book.name(), book.size(), distinct, (double) distinct / book.size(), 5, 32, 64_000));
    }
    if (sizes.length > 1) {
      use.add(new CodebookUse("joint", 1e6, 1000, 0.001, 9, 512, 64_000));
    }
    return new Cell(
        1,
        method.replaceAll("[^A-Za-z]", "")
            + books.stream().mapToInt(SubCodebook::size).sum()
            + "s"
            + seed,
        method,
        "plugin",
        settings,
        Map.of("steps", "300"),
        null,
        seed,
        new TokenizerSpec("plugin", ImageSize.square(32), 8, books, 8, 1_000_000),
        Cell.Status.FINISHED,
        null,
        metrics,
        use,
        List.of(new Phase("train", 20, 9600), new Phase("encode", 2, 1000)),
        List.of("LPIPS was not measured"),
        null,
        Map.of(),
        Map.of());
  }

  /** A finished cell that draws images on the tokenizer of another. */
  public static Cell drawn(String method, Cell tokenizer, double gfid) {
    TokenizerSpec spec = tokenizer.spec();
    Metric measured =
        new Metric("gFID (dataset features)", gfid, null, null, 800, Better.LOWER, "eeee000001");
    return new Cell(
        1,
        "drawn" + method.replaceAll("[^A-Za-z]", "") + "s" + tokenizer.seed(),
        method,
        tokenizer.tokenizer(),
        tokenizer.settings(),
        tokenizer.training(),
        tokenizer.given(),
        tokenizer.seed(),
        spec,
        Cell.Status.FINISHED,
        null,
        Map.of("gfid", measured),
        List.of(),
        List.of(new Phase("sample", 10, 800)),
        List.of(),
        new Generation(
            "far",
            Map.of("width", "96"),
            Map.of("generator-steps", "400"),
            Map.of("top-k", "half"),
            Map.of(),
            new GeneratorSpec("far", spec.subCodebooks(), 4, 4, 10, 600_000, 150_000)),
        Map.of(),
        Map.of());
  }

  public static Map<String, Metric> metrics(double rfid, String protocol) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    metrics.put(
        "rfid",
        new Metric(
            "rFID (dataset features)", rfid, rfid - 0.5, rfid + 0.5, 1000, Better.LOWER, protocol));
    metrics.put(
        "psnr", new Metric("PSNR", 30 - rfid / 10, null, null, 1000, Better.HIGHER, "ffff000001"));
    return metrics;
  }

  /** A cell like another one, of given weights. */
  public static Cell given(Cell cell) {
    Given weights = Given.weights("/published/file.pt", "a".repeat(64));
    return like(cell, Map.of(), weights, cell.spec(), cell.codebooks());
  }

  /** A cell like another one whose codebooks nobody says, as of images alone. */
  public static Cell sizeless(Cell cell) {
    return like(cell, cell.training(), cell.given(), null, List.of());
  }

  /** A cell like another one that used another share of its only codebook. */
  public static Cell using(Cell cell, double share) {
    CodebookUse use = cell.codebooks().get(0);
    double size = use.size();
    CodebookUse other =
        new CodebookUse(use.name(), size, (long) (share * size), share, 5, 32, 64_000);
    return like(cell, cell.training(), cell.given(), cell.spec(), List.of(other));
  }

  /** A cell like another one whose codes a protocol counted. */
  public static Cell counted(Cell cell, String protocol) {
    List<CodebookUse> use =
        cell.codebooks().stream()
            .map(each -> each.measured(protocol, each.perplexityInterval()))
            .toList();
    return like(cell, cell.training(), cell.given(), cell.spec(), use);
  }

  private static Cell like(
      Cell cell,
      Map<String, String> training,
      Given given,
      TokenizerSpec spec,
      List<CodebookUse> codebooks) {
    return new Cell(
        cell.schemaVersion(),
        cell.id(),
        cell.method(),
        cell.tokenizer(),
        cell.settings(),
        training,
        given,
        cell.seed(),
        spec,
        cell.status(),
        cell.error(),
        cell.metrics(),
        codebooks,
        cell.phases(),
        cell.notes(),
        cell.generation(),
        cell.missing(),
        cell.unknown());
  }

  /** Writes the resampled rFIDs of a cell. */
  public static void writeReplicates(Path run, Cell cell, String protocol, double... values)
      throws IOException {
    writeReplicates(run, cell, "rfid", protocol, values);
  }

  /** Writes what any metric of a cell would be on resampled images. */
  public static void writeReplicates(
      Path run, Cell cell, String key, String protocol, double... values) throws IOException {
    List<Double> all = DoubleStream.of(values).boxed().toList();
    ResultFiles.write(
        ResultFiles.cellFolder(run, cell.id()), key, new Replicates(1, protocol, 1000, 95, all));
  }

  /** Writes resampled rFIDs that rise and fall with the images, by as much for all cells. */
  public static void writeCommonReplicates(Path run, Cell cell) throws IOException {
    double rfid = cell.metrics().get("rfid").value();
    writeReplicates(run, cell, PROTOCOL, rfid - 1, rfid + 1, rfid - 2, rfid + 2, rfid);
  }

  /**
   * A and B at three seeds: B lower by 0.0169, 0.0170 and 0.0171, and on every resample of the
   * images by 0.010 more or less than that.
   */
  public static Cell[] closeToCall(Path run) throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      Cell a = cell("A", seed, 2 + 0.1 * seed, 256);
      Cell b = cell("B", seed, 2 + 0.1 * seed - 0.0168 - 0.0001 * seed, 256);
      writeReplicates(run, a, PROTOCOL, resampled(a, 0));
      writeReplicates(run, b, PROTOCOL, resampled(b, 0.010));
      cells.addAll(List.of(a, b));
    }
    return cells.toArray(Cell[]::new);
  }

  /** A thousand resampled rFIDs, which all cells have in common but for some that is apart. */
  private static double[] resampled(Cell cell, double apart) {
    double rfid = cell.metrics().get("rfid").value();
    return IntStream.range(0, 1000)
        .mapToDouble(i -> rfid + 0.1 * (i % 7) + (i % 2 == 0 ? apart : -apart))
        .toArray();
  }

  public static Cell failed(String method, String error) {
    return new Cell(
        1,
        "failed1",
        method,
        "plugin",
        Map.of(),
        Map.of(),
        null,
        1,
        null,
        Cell.Status.FAILED,
        error,
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        Map.of(),
        Map.of());
  }

  public static Run run(Path folder, Cell... cells) {
    return run(folder, "fig1", "Reconstruction FID", cells);
  }

  public static Run run(Path folder, String experiment, String title, Cell... cells) {
    return run(folder, experiment, title, List.of(), cells);
  }

  public static Run run(
      Path folder, String experiment, String title, List<Finding> findings, Cell... cells) {
    List<Long> seeds = LongStream.of(1, 2, 3).boxed().toList();
    Map<String, Map<String, String>> protocols = new LinkedHashMap<>();
    protocols.put(PROTOCOL, Map.of("metric", "frechet distance", "rounding", "8 bits, half up"));
    RunRecord record =
        new RunRecord(
            ResultFiles.SCHEMA_VERSION,
            experiment,
            title,
            "quick",
            Map.of("steps", "300"),
            Map.of("steps", "scale"),
            seeds,
            new RunRecord.Dataset(
                "synthetic",
                DATASET_HASH,
                ImageSize.square(32),
                4000,
                1000,
                10,
                List.of("broken & bent.jpg")),
            new FeatureSpec("dataset", 128, 10, 512, "ab".repeat(32), false),
            Map.of("semantic", new FeatureSpec("onnx-clip-224", 768, 0, 0, "cd".repeat(32), false)),
            protocols,
            Map.of("autoencoder", "the same for all cells"),
            new RunRecord.Provenance(
                "0.1.0",
                "c0ffee1",
                Map.of(),
                "CPU",
                Map.of("processor", "a <fast> one"),
                "OpenJDK 17",
                "2026-01-02T03:04:05Z",
                "2026-01-02T04:04:05Z"),
            List.of(),
            List.of("VERNIER_THREADS=2 ./vernier run " + experiment + " --scale quick"),
            List.of(cells).stream().map(Cell::id).toList(),
            findings,
            null,
            Map.of());
    return new Run(folder, record, List.of(cells));
  }

  /** The same run after a session of another commit, which was interrupted. */
  public static Run resumed(Run run, String commit) {
    return resumed(run, commit, run.record().provenance().code());
  }

  /** The same run after a session of another build of a plugin. */
  public static Run rebuilt(Run run) {
    return resumed(run, run.record().provenance().commit(), Map.of("plugin mine.jar", "0ld"));
  }

  /** The same run, computed by other code of the same commit. */
  public static Run computedBy(Run run, Map<String, String> code) {
    RunRecord record = run.record();
    RunRecord.Provenance own = session(record, record.provenance().commit(), code);
    return changed(run, record.dataset(), record.shared(), own, record.earlier(), record.floor());
  }

  private static Run resumed(Run run, String commit, Map<String, String> code) {
    RunRecord record = run.record();
    List<RunRecord.Provenance> earlier = List.of(session(record, commit, code));
    return changed(run, record.shared(), earlier, record.floor());
  }

  private static RunRecord.Provenance session(
      RunRecord record, String commit, Map<String, String> code) {
    RunRecord.Provenance last = record.provenance();
    return new RunRecord.Provenance(
        last.version(),
        commit,
        code,
        last.backend(),
        last.machine(),
        last.jvm(),
        "2026-01-01T03:04:05Z",
        null);
  }

  /** The same run with another distance in the perceptual loss. */
  public static Run trainedWith(Run run, String distance) {
    RunRecord record = run.record();
    return changed(run, Map.of("perceptual distance", distance), record.earlier(), record.floor());
  }

  /** The same run with a method that every other one has to beat. */
  public static Run withFloor(Run run, String method) {
    return changed(run, run.record().shared(), run.record().earlier(), method);
  }

  /** The same run on a dataset of another name. */
  public static Run onDataset(Run run, String name) {
    RunRecord record = run.record();
    RunRecord.Dataset own = record.dataset();
    RunRecord.Dataset named =
        new RunRecord.Dataset(
            name,
            own.hash(),
            own.imageSize(),
            own.train(),
            own.validation(),
            own.classes(),
            List.of(name + "/skipped.png"));
    return changed(
        run, named, record.shared(), record.provenance(), record.earlier(), record.floor());
  }

  private static Run changed(
      Run run, Map<String, String> shared, List<RunRecord.Provenance> earlier, String floor) {
    RunRecord record = run.record();
    return changed(run, record.dataset(), shared, record.provenance(), earlier, floor);
  }

  private static Run changed(
      Run run,
      RunRecord.Dataset dataset,
      Map<String, String> shared,
      RunRecord.Provenance last,
      List<RunRecord.Provenance> earlier,
      String floor) {
    RunRecord record = run.record();
    RunRecord other =
        new RunRecord(
            record.schemaVersion(),
            record.experiment(),
            record.title(),
            record.scale(),
            record.options(),
            record.origins(),
            record.seeds(),
            dataset,
            record.features(),
            record.teachers(),
            record.protocols(),
            shared,
            last,
            earlier,
            record.commands(),
            record.cells(),
            record.findings(),
            floor,
            record.unknown());
    return new Run(run.folder(), other, run.cells());
  }

  /** Five methods over five sizes and three seeds, as the experiment has them. */
  public static Run sweep(Path folder) {
    List<Cell> cells = new ArrayList<>();
    int[] sizes = {64, 256, 1024, 4096, 16384};
    for (int seed = 1; seed <= 3; seed++) {
      for (int i = 0; i < sizes.length; i++) {
        int k = sizes[i];
        double spread = 0.6 * (seed - 2);
        cells.add(cell("VQGAN", seed, 42 - 4.5 * i + 0.6 * i * i + spread, k));
        cells.add(cell("VQ-LC", seed, 43 - 4.2 * i + spread * 1.5, k));
        cells.add(cell("LFQ", seed, 48 - 5.1 * i + spread, k));
        cells.add(cell("FQGAN-Dual", seed, 36 - 4.6 * i + spread, k / 2, k / 2));
        cells.add(cell("FQGAN-Triple", seed, 32 - 4.3 * i - spread, k / 2, k / 2, k / 2));
      }
    }
    return run(folder, cells.toArray(Cell[]::new));
  }
}
