package dev.vernier.harness.runs;

import dev.vernier.harness.codes.CodeBatches;
import dev.vernier.harness.data.ImageBatches;
import dev.vernier.spi.Resumable;
import dev.vernier.spi.TrainableGenerator;
import dev.vernier.spi.Training;
import java.util.Map;
import java.util.function.LongFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A training with its batches, as {@link TrainingLoop} sees it.
 *
 * @param model what is saved and restored
 * @param taking takes the step of a number, from 0, and gives its losses; the first is the one that
 *     was minimised
 */
record Steps(Resumable model, LongFunction<Map<String, Double>> taking) {
  /** The training of a model of images. */
  static Steps onImages(Training training, ImageBatches batches) {
    return new Steps(
        training,
        number -> {
          try (INDArray images = batches.at(number)) {
            return training.step(images);
          }
        });
  }

  /** The training of a generator. */
  static Steps onCodes(TrainableGenerator training, CodeBatches batches) {
    return new Steps(
        training,
        number -> {
          CodeBatches.Batch batch = batches.at(number);
          return training.step(batch.tokens(), batch.labels());
        });
  }

  Map<String, Double> step(long number) {
    return taking.apply(number);
  }
}
