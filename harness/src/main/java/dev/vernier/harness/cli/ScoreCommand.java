package dev.vernier.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.evaluation.ImageMatching;
import dev.vernier.harness.evaluation.ImageSet;
import dev.vernier.harness.evaluation.ImageSetComparison;
import dev.vernier.harness.evaluation.Measurement;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.Scope;
import dev.vernier.harness.experiments.ScoreOptions;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
      description = "folder of images, or .npz or .npy with uint8 [N, height, width, 3]")
  private Path real;

  @Parameters(index = "1", paramLabel = "OTHER", description = "the reconstructions, likewise")
  private Path other;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Plugins plugins = common.discover();
    Map<String, String> given = common.given();
    Map<String, String> options = ScoreOptions.of(given);
    boolean ofDataset = plugins.features(options.get(RunOptions.FEATURES.name())).ofDataset();
    boolean ofReal = ofDataset && !given.containsKey(RunOptions.DATA.name());
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
            new ImageSetComparison(context.scorer(), context.distance(), bootstrap)
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
