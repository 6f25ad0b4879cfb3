package dev.vernier.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.evaluation.ImageMatching;
import dev.vernier.harness.evaluation.ImageSet;
import dev.vernier.harness.evaluation.ImageSetComparison;
import dev.vernier.harness.evaluation.Measurement;
import dev.vernier.harness.evaluation.ReferenceFeatures;
import dev.vernier.harness.evaluation.ReferenceSet;
import dev.vernier.harness.evaluation.StatisticsComparison;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.GivenSource;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.experiments.Scope;
import dev.vernier.harness.experiments.UsedOptions;
import dev.vernier.harness.files.OutputFile;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.harness.runs.CellRunner;
import dev.vernier.harness.runs.ExperimentRun;
import dev.vernier.harness.runs.RunChoice;
import dev.vernier.harness.runs.RunContext;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.records.Metric;
import dev.vernier.records.Run;
import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code vernier score}: sets of images from any tool. */
@Command(
    name = "score",
    description = {
      "Compares images with their reconstructions by any tool: rFID, sFID, IS, KID, precision,"
          + " recall, density, coverage, PSNR, SSIM, LPIPS. Writes a run folder with a report, one"
          + " cell per set.",
      "Images are paired by path without extension; if only the folders differ, by file name;"
          + " otherwise, and for arrays, by order. They are streamed, not loaded at once.",
      "Features come from --weights-inception or --features; else from a classifier that is trained"
          + " on the class folders of REAL, or on the dataset that --data names."
    },
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  private static final String NAME = "score";
  private static final int SMALLEST_SIDE = 8;
  private static final int LARGEST_SIDE = 1024;

  @Parameters(
      index = "0",
      paramLabel = "REAL",
      description =
          "folder of images, or .npz or .npy with uint8 [N, height, width, 3]; or .npz with the mu"
              + " and sigma of their features, which give FID alone")
  private Path real;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "OTHER",
      description = "the reconstructions, likewise; several sets are compared in one report")
  private List<Path> others;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "what tables and charts call a set, once per set (default: its file name)")
  private List<String> names = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "default: runs/score-TIME; repeating the command continues an interrupted one")
  private Path out;

  @Option(
      names = "--save-stats",
      paramLabel = "FILE.npz",
      description =
          "writes mu and sigma of REAL's features, and mu_s and sigma_s of their layout, as"
              + " pytorch-fid and ADM have them; only a file of such statistics is written over")
  private Path statistics;

  @Mixin private CommonOptions common;
  @ParentCommand private Vernier vernier;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Plugins plugins = common.discover();
    Map<String, String> given = common.given();
    Map<String, String> options = UsedOptions.SCORE.of(given);
    Map<String, GivenSource> sources = sources();
    boolean ofDataset = plugins.features(options.get(RunOptions.FEATURES.name())).ofDataset();
    boolean ofReal = ofDataset && !given.containsKey(RunOptions.DATA.name());
    if (ReferenceSet.areNamed(real)) {
      refusePairs(options, ofReal);
      compareStatistics(options, plugins);
      return ExitCodes.DONE;
    }
    RunFolder folder = new RunFolder(out == null ? RunName.now(NAME) : out);
    folder.requireUnfinished(NAME);
    if (statistics != null) {
      new OutputFile(statistics, "--save-stats").refuseOthers(ReferenceFeatures::areIn);
    }
    try (PairedSets sets = paired()) {
      sets.requireSquares(PublishedProtocol.of(options.get(RunOptions.PROTOCOLS.name())));
      Map<String, String> ofImages = ofReal ? useReal(given, sets.first().size()) : Map.of();
      Experiment experiment =
          Experiment.given(NAME, "Reconstructions of " + name(real), sources, ofImages);
      RunPlan plan = new RunPlan(experiment, Experiment.SINGLE, given, plugins);
      Backend.load();
      measure(plan, sets, folder, ofDataset, ofReal, plugins);
    }
    return ExitCodes.DONE;
  }

  private PairedSets paired() throws IOException {
    try (Progress progress = common.progress()) {
      return PairedSets.open(real, others, progress);
    }
  }

  /** What needs the images themselves cannot be had of their statistics. */
  private void refusePairs(Map<String, String> options, boolean ofReal) {
    String lacking = real + " holds statistics of features, not images: ";
    if (ofReal) {
      throw new UsageException(
          lacking
              + "give the features that they are of, with --weights-inception FILE, other"
              + " --features, or --data with the dataset of its own classifier");
    }
    if (others.size() > 1) {
      throw new UsageException(lacking + "give one set of images to compare with them");
    }
    if (statistics != null) {
      throw new UsageException(lacking + "leave --save-stats out, it would write them again");
    }
    if (out != null || !names.isEmpty()) {
      throw new UsageException(
          lacking
              + "leave "
              + (out != null ? "--out" : "--name")
              + " out, FID is printed and there is no run");
    }
    if (!Scope.LPIPS.of(options).isEmpty()) {
      throw new UsageException(
          lacking + "leave lpips.* out, it compares images with their reconstructions");
    }
    if (!options.get(RunOptions.PROTOCOLS.name()).equals(PublishedProtocol.NONE)) {
      throw new UsageException(
          lacking + "leave protocols out, papers compare images with their reconstructions");
    }
  }

  private void compareStatistics(Map<String, String> options, Plugins plugins) throws IOException {
    ReferenceSet.named(real).check();
    Backend.load();
    Progress progress = common.progress();
    try (ImageSet images = ImageSet.read(others.get(0));
        RunContext context =
            new RunContext(RunChoice.of(options, plugins), plugins, progress, dataset -> {})) {
      int bootstrap = Integer.parseInt(options.get(RunOptions.BOOTSTRAP.name()));
      Measurement outcome =
          new StatisticsComparison(context.scorer(), bootstrap)
              .compare(real, others.get(0).toString(), images, progress);
      progress.close();
      print(outcome);
    }
  }

  private Map<String, GivenSource> sources() throws IOException {
    if (names.isEmpty()) {
      GivenOnce.require(others);
    } else if (names.size() != others.size()) {
      throw new UsageException(
          "there are %d sets and %d names: give --name once for each set, in their order"
              .formatted(others.size(), names.size()));
    }
    Map<String, GivenSource> sources = new LinkedHashMap<>();
    for (int i = 0; i < others.size(); i++) {
      String path = others.get(i).toString();
      String name = names.isEmpty() ? fileName(others.get(i)) : names.get(i);
      if (name.isBlank()
          || sources.putIfAbsent(name, GivenSource.ofReconstructions(path)) != null) {
        throw new UsageException(
            "%s cannot be called '%s': give each set a name of its own with --name"
                .formatted(path, name));
      }
    }
    return sources;
  }

  /** What tells a set from its neighbours: its file name, or the path where that is another's. */
  private String fileName(Path set) {
    String name = name(set);
    long alike = others.stream().filter(each -> name(each).equals(name)).count();
    return alike > 1 ? set.toString() : name;
  }

  private static String name(Path set) {
    Path name = set.toAbsolutePath().normalize().getFileName();
    return name == null ? set.toString() : name.toString();
  }

  @SuppressWarnings("try") // the lock is held, never used
  private void measure(
      RunPlan plan,
      PairedSets sets,
      RunFolder folder,
      boolean ofDataset,
      boolean ofReal,
      Plugins plugins)
      throws IOException {
    int bootstrap = plan.options().get(RunOptions.BOOTSTRAP);
    List<String> methods =
        plan.experiment().methods().stream().map(Experiment.Method::name).toList();
    Map<String, Measurement> measured = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    Run run;
    try (Progress progress = common.progress();
        RunContext context =
            new RunContext(
                RunChoice.of(plan.values(), plugins),
                plugins,
                progress,
                ofReal ? this::requireClasses : dataset -> {});
        RunFolder.Lock lock = folder.lock()) {
      context.keepNets(folder);
      ImageSetComparison comparison =
          new ImageSetComparison(
                  context.scorer(), context.distance(), context.protocols(), bootstrap)
              .savingStatistics(Optional.ofNullable(statistics));
      run =
          ExperimentRun.scoring(plan, folder, context, sets.reference(real))
              .run(
                  vernier.command(),
                  (cells, report) -> {
                    for (CellPlan cell : cells) {
                      ImageMatching pairs = sets.get(methods.indexOf(cell.method()));
                      Measurement each = comparison.compare(pairs, folder.cell(cell.id()), report);
                      measured.put(cell.method(), each);
                      CellRunner.write(folder, cell, Optional.empty(), each);
                    }
                  },
                  progress);
      if (ofDataset) {
        notes.add(origin(context.dataset()));
        SkippedFiles.of(context.dataset()).ifPresent(notes::add);
      }
      Reports.finish(plugins, run);
    }
    print(run, measured, notes);
  }

  /** The net that scores learns from the real images, at the size at which it sees them. */
  private Map<String, String> useReal(Map<String, String> given, ImageSize size) {
    if (!Files.isDirectory(real)) {
      throw noClasses();
    }
    Map<String, String> own = new LinkedHashMap<>();
    own.put(RunOptions.DATA.name(), "folder:" + real);
    String key = Scope.DATA.key(DatasetProvider.IMAGE_SIZE);
    if (!given.containsKey(key)) {
      own.put(key, new ImageSize(seen(size.height()), seen(size.width())).text());
    }
    return own;
  }

  private static int seen(int side) {
    return Math.max(SMALLEST_SIDE, Math.min(LARGEST_SIDE, side));
  }

  private void requireClasses(ImageDataset dataset) {
    if (!dataset.spec().isLabelled()) {
      throw noClasses();
    }
  }

  private UsageException noClasses() {
    return new UsageException(
        real
            + " has no class folders to train a scoring net on: give"
            + " --weights-inception FILE, other --features, or --data with a dataset of classes");
  }

  private static String origin(ImageDataset dataset) {
    DatasetSpec data = dataset.spec();
    return "features are those of a small classifier trained on "
        + data.name()
        + ": "
        + dataset.size(Split.TRAIN)
        + " images of "
        + data.imageSize()
        + " pixels"
        + (data.isLabelled()
            ? " in " + data.classes().size() + " classes"
            : ", by which way up they are")
        + ", dataset "
        + data.hash().substring(0, 12);
  }

  private void print(Measurement outcome) throws IOException {
    PrintWriter stdout = spec.commandLine().getOut();
    if (common.json()) {
      stdout.println(new ObjectMapper().writeValueAsString(outcome.metrics()));
    } else {
      Summary.print(outcome.metrics(), stdout);
    }
    stdout.flush();
    PrintWriter out = common.json() ? spec.commandLine().getErr() : stdout;
    outcome.notes().forEach(note -> out.println("note: " + note));
    out.flush();
  }

  private void print(Run run, Map<String, Measurement> measured, List<String> further)
      throws IOException {
    PrintWriter stdout = spec.commandLine().getOut();
    Map<String, Map<String, Metric>> metrics = new LinkedHashMap<>();
    run.cells().forEach(cell -> metrics.put(cell.method(), cell.metrics()));
    measured.forEach((name, each) -> metrics.put(name, each.metrics()));
    if (common.json()) {
      stdout.println(
          new ObjectMapper()
              .writeValueAsString(
                  metrics.size() == 1 ? metrics.values().iterator().next() : metrics));
    } else if (metrics.size() == 1) {
      Summary.print(metrics.values().iterator().next(), stdout);
    } else {
      Summary.table(run, stdout);
    }
    stdout.flush();
    // Beside JSON, whose reader would stumble over them.
    PrintWriter out = common.json() ? spec.commandLine().getErr() : stdout;
    Stream.concat(
            measured.values().stream().flatMap(each -> each.notes().stream()), further.stream())
        .distinct()
        .forEach(note -> out.println("note: " + note));
    out.println(Reports.line(run.folder()));
    out.flush();
  }
}
