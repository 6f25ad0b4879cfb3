package dev.vernier.harness.cli;

import dev.vernier.harness.files.OutputFolder;
import dev.vernier.harness.runs.Interruption;
import dev.vernier.harness.runs.TrainingOptions;
import dev.vernier.harness.workers.Worker;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How trainings can be watched, for commands that train. No number depends on it. */
final class WatchOptions {
  private static final String PROFILE = "--profile";

  @Option(
      names = PROFILE,
      description =
          "log the time of every operation of training steps; on a cluster, into the logs of its"
              + " executors")
  private boolean profile;

  @Option(
      names = Worker.TENSOR_BOARD,
      paramLabel = "DIR",
      description =
          "write the losses of every training as event files, a folder each below DIR, for"
              + " 'tensorboard --logdir DIR'")
  private Path tensorBoard;

  /**
   * Looks whether what is watched can be written; writes nothing.
   *
   * @throws dev.vernier.spi.UsageException if the folder for it is a file
   */
  void refuseFile() {
    if (tensorBoard != null) {
      new OutputFolder(tensorBoard, Worker.TENSOR_BOARD).refuseFile();
    }
  }

  /** How trainings go on. */
  TrainingOptions training(Interruption interruption, int checkpointSeconds) {
    return new TrainingOptions(
        interruption, checkpointSeconds, profile, Optional.ofNullable(tensorBoard));
  }

  /** The same for a worker's command line, but for the folder of curves. */
  List<String> arguments() {
    return profile ? List.of(PROFILE) : List.of();
  }

  /** Takes TensorBoard's files; empty for none. */
  Optional<Path> curves() {
    return Optional.ofNullable(tensorBoard).map(Path::toAbsolutePath);
  }
}
