package dev.vernier.nets;

import dev.vernier.engine.Execution;
import dev.vernier.engine.PaddedBatches;
import dev.vernier.engine.memory.Floats;
import dev.vernier.spi.Features;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The features that a net gives images, batch by batch.
 *
 * @param execution of the net; stays the caller's
 * @param images the net's input
 * @param batches of the net's size
 * @param outputs pooled features, logits and spatial features; then the map, channels first, whose
 *     first 7 channels are the layout, as many as the published sFID has (Nash et al. 2021)
 */
public record FeatureBatches(
    Execution execution, SDVariable images, PaddedBatches batches, List<SDVariable> outputs) {
  private static final int LAYOUT_CHANNELS = 7;

  /** The pixels of a batch as the net sees them. */
  @FunctionalInterface
  public interface Blocks {
    /**
     * A batch of full size, zeros where there are no more images.
     *
     * @param from the first image
     * @param present images from there on
     */
    float[] block(int from, int present);
  }

  /** The features of so many images; the caller closes them. */
  public Features extract(int count, Blocks blocks) {
    SDVariable map = outputs.get(outputs.size() - 1);
    INDArray[] results = new INDArray[outputs.size() - 1];
    INDArray[] layout = new INDArray[1];
    batches.forEach(
        count,
        (from, present) -> {
          execution.set(images, blocks.block(from, present));
          execution.run();
          for (int i = 0; i < results.length; i++) {
            results[i] = collect(outputs.get(i), results[i], count, from, present);
          }
          layout[0] = firstChannels(map, layout[0], count, from, present);
        });
    return new Features(
        results[0], Optional.of(results[1]), Optional.of(results[2]), Optional.of(layout[0]));
  }

  private INDArray collect(SDVariable output, INDArray result, int count, int from, int present) {
    try (INDArray batch = execution.read(output)) {
      INDArray target = result == null ? sized(batch.shape(), count) : result;
      int each = (int) (batch.length() / batches.size());
      Floats.of(target).write(from * each, Floats.all(batch), present * each);
      return target;
    }
  }

  private INDArray firstChannels(
      SDVariable map, INDArray result, int count, int from, int present) {
    try (INDArray batch = execution.read(map)) {
      int places = (int) (batch.size(2) * batch.size(3));
      int each = LAYOUT_CHANNELS * places;
      INDArray target = result == null ? sized(new long[] {count, each}, count) : result;
      float[] values = Floats.all(batch);
      int step = values.length / batches.size();
      for (int i = 0; i < present; i++) {
        float[] image = new float[each];
        for (int at = 0; at < each; at++) {
          int channel = at % LAYOUT_CHANNELS;
          image[at] = values[i * step + channel * places + at / LAYOUT_CHANNELS];
        }
        Floats.of(target).write((from + i) * each, image, each);
      }
      return target;
    }
  }

  private static INDArray sized(long[] shape, int count) {
    long[] all = shape.clone();
    all[0] = count;
    return Nd4j.createUninitialized(DataType.FLOAT, all);
  }
}
