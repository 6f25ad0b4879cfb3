package dev.vernier.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.evaluation.ImageMatching;
import dev.vernier.harness.evaluation.ImageSet;
import dev.vernier.harness.evaluation.ImageSetComparison;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.ScoreOptions;
import dev.vernier.harness.machine.Backend;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.runs.RunContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
      "Images are paired by their names up to the extension, else (or with .npz) by their order.",
      "With the dataset features, --data names the dataset whose classifier scores (default:"
          + " synthetic)."
    },
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "REAL",
      description = "folder of images, or .npz with arr_0 of uint8 [N, height, width, 3]")
  private Path real;

  @Parameters(index = "1", paramLabel = "OTHER", description = "the reconstructions, likewise")
  private Path other;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Plugins plugins = common.discover();
    Map<String, String> options = ScoreOptions.of(common.given());
    ImageMatching pairs = ImageMatching.of(real, ImageSet.read(real), other, ImageSet.read(other));
    Backend.load();
    Progress progress = common.progress();
    try (RunContext context =
        new RunContext(RunContext.Choice.of(options, plugins), plugins, progress, dataset -> {})) {
      int bootstrap = Integer.parseInt(options.get(RunOptions.BOOTSTRAP.name()));
      ImageSetComparison.Outcome outcome =
          new ImageSetComparison(context.scorer(), context.distance(), bootstrap).compare(pairs);
      progress.close();
      PrintWriter stdout = spec.commandLine().getOut();
      if (common.json()) {
        stdout.println(new ObjectMapper().writeValueAsString(outcome.metrics()));
      } else {
        Summary.print(outcome.metrics(), stdout);
      }
      stdout.flush();
      // Beside JSON, whose reader would stumble over them.
      PrintWriter notes = common.json() ? spec.commandLine().getErr() : stdout;
      outcome.notes().forEach(note -> notes.println("note: " + note));
      notes.flush();
    }
    return ExitCodes.DONE;
  }
}
