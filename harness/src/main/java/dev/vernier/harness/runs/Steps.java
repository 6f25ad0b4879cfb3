package dev.vernier.harness.runs;

import dev.vernier.harness.codes.CodeBatches;
import dev.vernier.harness.data.ImageBatches;
import dev.vernier.spi.TrainableGenerator;
import dev.vernier.spi.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A training with its batches, as {@link TrainingLoop} sees it. */
interface Steps {
  /**
   * Takes a step.
   *
   * @param number of the step, from 0
   * @return its losses; the first is the one that was minimised
   */
  Map<String, Double> step(long number);

  /** Whether further steps would change nothing. */
  boolean finished();

  /** Writes what it takes to go on. */
  void save(Path folder) throws IOException;

  /** Takes that up. */
  void restore(Path folder) throws IOException;

  /** The training of a model of images. */
  record OnImages(Training training, ImageBatches batches) implements Steps {
    @Override
    public Map<String, Double> step(long number) {
      try (INDArray images = batches.at(number)) {
        return training.step(images);
      }
    }

    @Override
    public boolean finished() {
      return training.finished();
    }

    @Override
    public void save(Path folder) throws IOException {
      training.save(folder);
    }

    @Override
    public void restore(Path folder) throws IOException {
      training.restore(folder);
    }
  }

  /** The training of a generator. */
  record OnCodes(TrainableGenerator training, CodeBatches batches) implements Steps {
    @Override
    public Map<String, Double> step(long number) {
      CodeBatches.Batch batch = batches.at(number);
      return training.step(batch.tokens(), batch.labels());
    }

    @Override
    public boolean finished() {
      return false;
    }

    @Override
    public void save(Path folder) throws IOException {
      training.save(folder);
    }

    @Override
    public void restore(Path folder) throws IOException {
      training.restore(folder);
    }
  }
}
