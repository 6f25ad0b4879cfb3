package dev.vernier.harness.cli;

import dev.vernier.harness.data.CacheFolder;
import dev.vernier.harness.evaluation.ExportedImages;
import dev.vernier.harness.evaluation.ReferenceImages;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.UsedOptions;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.runs.RunChoice;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.Split;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vernier export}: the images that are measured, for other tools. */
@Command(
    name = "export",
    description = {
      "Writes the images that are measured, cropped exactly as they are measured, so that any tool can"
          + " reconstruct them: the validation images or, of a folder without train/ and val/, the share"
          + " that data.validation-share sets.",
      "Keep the images' names, or their order, in the reconstructions, then run 'vernier score'."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  private static final int SHORT_HASH = 12;

  @Parameters(
      paramLabel = "DIR|FILE.npz",
      description =
          "a new or empty folder, or an earlier export of the same images, for one PNG per image and"
              + " names.txt with their order; or a new .npz file, for uint8 [N, height, width, 3] as"
              + " arr_0, and names")
  private Path target;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "SPEC",
      description = "dataset: synthetic, cifar10:DIR, folder:DIR, or a plugin's")
  private String data;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      parameterConsumer = GivenSettings.class,
      description = "a setting, repeatable: images, hold-out, data.image-size, ...")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private PluginOptions pluginOptions;
  @Mixin private ProgressOptions progressOptions;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Plugins plugins = pluginOptions.discover();
    Map<String, String> given = new LinkedHashMap<>(settings);
    GivenSettings.put(given, RunOptions.DATA.name(), data);
    Map<String, String> options = UsedOptions.EXPORT.of(given);
    // Before the dataset, whose files are all read.
    ExportedImages.refuseOthers(target);
    ImageDataset dataset = RunChoice.of(options, plugins).dataset(plugins);
    int wanted = Integer.parseInt(options.get(RunOptions.IMAGES.name()));
    ReferenceImages images = new ReferenceImages(dataset, wanted);
    try (Progress progress = progressOptions.progress()) {
      CacheFolder.remark().ifPresent(line -> progress.update(line, 0, 0, ""));
      SkippedFiles.of(dataset).ifPresent(line -> progress.update(line, 0, 0, ""));
      new ExportedImages(images).write(target, progress);
    }
    DatasetSpec source = dataset.spec();
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        images.count()
            + " images of "
            + source.imageSize()
            + " pixels of "
            + source.name()
            + ", dataset "
            + source.hash().substring(0, SHORT_HASH)
            + ", are in "
            + target);
    out.println(share(dataset, images.count()));
    out.flush();
    return ExitCodes.DONE;
  }

  /**
   * How many of how many are measured: of a folder without val/ a fifth, to the surprise of some.
   */
  private static String share(ImageDataset dataset, int exported) {
    int validation = dataset.size(Split.VALIDATION);
    int training = dataset.size(Split.TRAIN);
    return "note: these are "
        + (exported < validation ? exported + " of " : "all ")
        + validation
        + " validation images, which are measured; "
        + (training == 0 ? "there are no others" : training + " others are for training");
  }
}
