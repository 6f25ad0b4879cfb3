package dev.vernier.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.evaluation.ImageMatching;
import dev.vernier.harness.evaluation.ImageSet;
import dev.vernier.harness.evaluation.ImageSetComparison;
import dev.vernier.harness.evaluation.Measurement;
import dev.vernier.harness.evaluation.ReferenceSet;
import dev.vernier.harness.evaluation.StatisticsComparison;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.Scope;
import dev.vernier.harness.experiments.ScoreOptions;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.harness.runs.RunContext;
import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vernier score}: two sets of images from any tool. */
@Command(
    name = "score",
    description = {
      "Compares images with their reconstructions by any tool: rFID, sFID, IS, KID, precision,"
          + " recall, density, coverage, PSNR, SSIM, LPIPS.",
      "Images are paired by their names up to the extension, by their file names where only the"
          + " folders differ, else (or with arrays) by their order. They are read some at a time.",
      "Features come from --weights-inception or --features; else from a classifier that is trained"
          + " on the class folders of REAL, or on the dataset that --data names."
    },
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  private static final int SMALLEST_SIDE = 8;
  private static final int LARGEST_SIDE = 1024;

  @Parameters(
      index = "0",
      paramLabel = "REAL",
      description =
          "folder of images, or .npz or .npy with uint8 [N, height, width, 3]; or .npz with the mu"
              + " and sigma of their features, which give FID alone")
  private Path real;

  @Parameters(index = "1", paramLabel = "OTHER", description = "the reconstructions, likewise")
  private Path other;

  @Option(
      names = "--save-stats",
      paramLabel = "FILE.npz",
      description =
          "writes mu and sigma of REAL's features, and mu_s and sigma_s of their layout, as"
              + " pytorch-fid and ADM have them")
  private Path statistics;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Plugins plugins = common.discover();
    Map<String, String> given = common.given();
    Map<String, String> options = ScoreOptions.of(given);
    boolean ofDataset = plugins.features(options.get(RunOptions.FEATURES.name())).ofDataset();
    boolean ofReal = ofDataset && !given.containsKey(RunOptions.DATA.name());
    if (ReferenceSet.areNamed(real)) {
      refusePairs(options, ofReal);
      compareStatistics(options, plugins);
      return ExitCodes.DONE;
    }
    try (ImageSet first = ImageSet.read(real);
        ImageSet second = ImageSet.read(other)) {
      ImageMatching pairs = ImageMatching.of(real, first, other, second);
      if (ofReal) {
        useReal(options, pairs.size());
      }
      Backend.load();
      Progress progress = common.progress();
      try (RunContext context =
          new RunContext(
              RunContext.Choice.of(options, plugins),
              plugins,
              progress,
              ofReal ? this::requireClasses : dataset -> {})) {
        int bootstrap = Integer.parseInt(options.get(RunOptions.BOOTSTRAP.name()));
        Measurement outcome =
            new ImageSetComparison(
                    context.scorer(), context.distance(), context.protocols(), bootstrap)
                .savingStatistics(Optional.ofNullable(statistics))
                .compare(pairs, progress);
        progress.close();
        List<String> notes = new ArrayList<>(outcome.notes());
        if (ofDataset) {
          notes.add(origin(context.dataset()));
          SkippedFiles.of(context.dataset()).ifPresent(notes::add);
        }
        print(outcome, notes);
      }
    }
    return ExitCodes.DONE;
  }

  /** What needs the images themselves cannot be had of their statistics. */
  private void refusePairs(Map<String, String> options, boolean ofReal) {
    String lacking = real + " holds statistics of features, no images: ";
    if (ofReal) {
      throw new UsageException(
          lacking
              + "give the features that they are of, with --weights-inception FILE, other"
              + " --features, or --data with the dataset of its own classifier");
    }
    if (statistics != null) {
      throw new UsageException(lacking + "leave --save-stats out, it would write them again");
    }
    if (!options.get(RunOptions.PROTOCOLS.name()).equals(PublishedProtocol.NONE)) {
      throw new UsageException(
          lacking + "leave protocols out, papers compare images with their reconstructions");
    }
  }

  private void compareStatistics(Map<String, String> options, Plugins plugins) throws IOException {
    Backend.load();
    Progress progress = common.progress();
    try (ImageSet images = ImageSet.read(other);
        RunContext context =
            new RunContext(
                RunContext.Choice.of(options, plugins), plugins, progress, dataset -> {})) {
      int bootstrap = Integer.parseInt(options.get(RunOptions.BOOTSTRAP.name()));
      Measurement outcome =
          new StatisticsComparison(context.scorer(), bootstrap)
              .compare(real, other.toString(), images, progress);
      progress.close();
      print(outcome, outcome.notes());
    }
  }

  /** The net that scores learns from the real images, at the size at which it sees them. */
  private void useReal(Map<String, String> options, int size) {
    if (!Files.isDirectory(real)) {
      throw noClasses();
    }
    options.put(RunOptions.DATA.name(), "folder:" + real);
    options.putIfAbsent(
        Scope.DATA.key(DatasetProvider.IMAGE_SIZE),
        String.valueOf(Math.max(SMALLEST_SIDE, Math.min(LARGEST_SIDE, size))));
  }

  private void requireClasses(ImageDataset dataset) {
    if (dataset.spec().classes().size() < 2) {
      throw noClasses();
    }
  }

  private UsageException noClasses() {
    return new UsageException(
        real
            + " has no class folders, on which a net that scores could be trained: give"
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
        + " pixels in "
        + data.classes().size()
        + " classes, dataset "
        + data.hash().substring(0, 12);
  }

  private void print(Measurement outcome, List<String> notes) throws IOException {
    PrintWriter stdout = spec.commandLine().getOut();
    if (common.json()) {
      stdout.println(new ObjectMapper().writeValueAsString(outcome.metrics()));
    } else {
      Summary.print(outcome.metrics(), stdout);
    }
    stdout.flush();
    // Beside JSON, whose reader would stumble over them.
    PrintWriter out = common.json() ? spec.commandLine().getErr() : stdout;
    notes.forEach(note -> out.println("note: " + note));
    out.flush();
  }
}
