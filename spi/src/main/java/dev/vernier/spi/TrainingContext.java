package dev.vernier.spi;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a tokenizer is trained on and with; it stays the harness's, and outlives the training.
 *
 * @param dataset the images; only the training split may be read
 * @param batchSize images a step
 * @param steps how many steps there will be, for schedules
 * @param seed decides initial weights and every random choice in training
 * @param perceptual a frozen net for the perceptual loss; never the one that scores; empty where
 *     {@link TokenizerProvider#perceptual} asks for none, or there is a distance
 * @param distance a learned distance for the perceptual loss in place of that net, one that can be
 *     differentiated; empty where there is none
 * @param teachers a frozen vision model for each sub-codebook that learns from one, by its name:
 *     for all that {@link TokenizerProvider#teacherRequirements} requires, and for optional ones
 *     where the user asks; several may share a model; never the one that scores
 * @param trunk the weights that the training begins from, where {@link TokenizerProvider#trunk}
 *     asks for any
 * @param cache a folder for results that depend on dataset and models only, such as the cluster
 *     centres of a feature codebook
 * @param profile whether to log the time of every operation
 */
public record TrainingContext(
    ImageDataset dataset,
    int batchSize,
    long steps,
    long seed,
    Optional<FeatureExtractor> perceptual,
    Optional<PerceptualDistance> distance,
    Map<String, FeatureExtractor> teachers,
    Optional<Path> trunk,
    Path cache,
    boolean profile) {
  /** Checks the sizes and copies the map. */
  public TrainingContext {
    teachers = Map.copyOf(teachers);
    if (batchSize < 1 || steps < 0) {
      throw new IllegalArgumentException(
          "batch size " + batchSize + " and " + steps + " steps make no training");
    }
  }
}
