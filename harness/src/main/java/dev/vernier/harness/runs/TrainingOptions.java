package dev.vernier.harness.runs;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How trainings of a run go on.
 *
 * @param interruption stops them
 * @param checkpointSeconds between checkpoints
 * @param profile whether to log the time of every operation
 * @param tensorBoard takes a folder of TensorBoard's event files a training; empty for none
 */
public record TrainingOptions(
    Interruption interruption,
    int checkpointSeconds,
    boolean profile,
    Optional<Path> tensorBoard) {}
