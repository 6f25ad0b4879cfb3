package dev.vernier.harness.runs;

import dev.vernier.harness.data.HeldOutImages;
import dev.vernier.harness.evaluation.ReferenceSet;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.experiments.Scope;
import dev.vernier.harness.experiments.TeacherChoice;
import dev.vernier.harness.experiments.TrainingNetUse;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@link RunContext} opens.
 *
 * @param data the user's {@code --data}
 * @param dataSettings the dataset's settings
 * @param heldOut training images that take the place of the validation images; 0 for none
 * @param features name of the extractor that scores
 * @param featureSettings its settings
 * @param reference what generated images are measured against
 * @param protocols those of papers that are measured beside ours
 * @param lpipsSettings those of LPIPS; empty where it is not measured
 * @param perceptualSettings those of LPIPS in the perceptual loss; empty where a net of the dataset
 *     takes its place
 * @param teachers what tokenizers learn from
 * @param nets a run's own nets, which come before those of the cache; empty where there is no run
 * @param net what the dataset's own net is opened for at once, as a part of the identity; it is
 *     still opened for anything else when first asked for
 */
public record RunChoice(
    String data,
    Map<String, String> dataSettings,
    int heldOut,
    String features,
    Map<String, String> featureSettings,
    String reference,
    Set<PublishedProtocol> protocols,
    Map<String, String> lpipsSettings,
    Map<String, String> perceptualSettings,
    TeacherChoice teachers,
    Optional<Path> nets,
    TrainingNetUse net) {
  /** The choice that a run's options make, keys as {@link RunPlan} has them. */
  public static RunChoice of(Map<String, String> options, Plugins plugins) {
    return new RunChoice(
        options.get(RunOptions.DATA.name()),
        Scope.DATA.of(options),
        Integer.parseInt(
            options.getOrDefault(
                RunOptions.HOLD_OUT.name(), RunOptions.HOLD_OUT.defaultValue().toString())),
        options.get(RunOptions.FEATURES.name()),
        Scope.FEATURES.of(options),
        options.getOrDefault(RunOptions.REFERENCE.name(), ReferenceSet.TRAINING),
        PublishedProtocol.of(
            options.getOrDefault(RunOptions.PROTOCOLS.name(), PublishedProtocol.NONE)),
        Scope.LPIPS.of(options),
        Scope.PERCEPTUAL.of(options),
        TeacherChoice.of(options, plugins),
        Optional.empty(),
        TrainingNetUse.NONE);
  }

  /**
   * Opens the dataset: its validation images are those that are measured.
   *
   * @throws UsageException if there is none
   */
  public ImageDataset dataset(Plugins plugins) throws IOException {
    String[] parts = data.split(":", 2);
    DatasetProvider kind = plugins.dataset(parts[0]);
    Settings settings = Scope.DATA.read(kind.settings(), dataSettings);
    return HeldOutImages.of(kind.open(parts.length > 1 ? parts[1] : "", settings), heldOut);
  }

  /** The same with the nets that a run keeps, where it keeps any. */
  public RunChoice in(RunFolder folder) {
    return with(Optional.of(folder.nets()), net);
  }

  /**
   * The same for whoever begins to train cells: the net that they train with, if they do, is opened
   * at once, so that no worker process finds it missing and trains it too.
   */
  public RunChoice training(List<CellPlan> cells, Plugins plugins) {
    boolean perceptual = !perceptualSettings.isEmpty();
    return with(nets, TrainingNetUse.of(cells, perceptual, teachers, plugins));
  }

  private RunChoice with(Optional<Path> otherNets, TrainingNetUse otherNet) {
    return new RunChoice(
        data,
        dataSettings,
        heldOut,
        features,
        featureSettings,
        reference,
        protocols,
        lpipsSettings,
        perceptualSettings,
        teachers,
        otherNets,
        otherNet);
  }
}
