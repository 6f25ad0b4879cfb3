package dev.vernier.harness.runs;

/**
 * How trainings of a run go on.
 *
 * @param interruption stops them
 * @param checkpointSeconds between checkpoints
 * @param profile whether to log the time of every operation
 */
public record TrainingOptions(Interruption interruption, int checkpointSeconds, boolean profile) {}
