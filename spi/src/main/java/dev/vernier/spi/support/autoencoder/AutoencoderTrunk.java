package dev.vernier.spi.support.autoencoder;

import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.Trunk;
import dev.vernier.spi.UsageException;
import dev.vernier.spi.support.graph.Parameters;
import dev.vernier.spi.support.graph.kernels.Floats;
import dev.vernier.spi.support.weights.Safetensors;
import dev.vernier.spi.support.weights.WeightFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The trunk of the frame: the encoder up to its head, and the whole decoder. The heads, which
 * differ between families, are each family's own, and begin from fresh weights in all of them.
 *
 * @param frame sizes and objective, without an adversary
 */
public record AutoencoderTrunk(AutoencoderSettings frame) implements Trunk {
  /** Grows whenever frame or training change, so that kept weights are not mistaken for new. */
  private static final int VERSION = 1;

  private static final int BATCH = 16;
  private static final String ENCODER = "encoder.";
  private static final String DECODER = "decoder.";

  /** The encoder's head, which the trunk is trained with and leaves behind. */
  private static final String HEAD = "encoder\\.(norm|conv)_out\\..*";

  /**
   * The trunk that a training with these settings begins from; empty where they ask for none.
   *
   * @throws UsageException if they ask for one of another architecture than VQGAN's
   */
  public static Optional<Trunk> of(AutoencoderSettings settings) {
    if (settings.trunkSteps() == 0) {
      return Optional.empty();
    }
    if (!(settings.architecture() instanceof Vqgan)) {
      throw new UsageException(
          "there is no trunk of another architecture than vqgan: set trunk-steps to 0");
    }
    return Optional.of(new AutoencoderTrunk(settings.withoutAdversary()));
  }

  @Override
  public String recipe() {
    return "version " + VERSION + ", batches of " + BATCH + ", " + frame;
  }

  @Override
  public long steps() {
    return frame.trunkSteps();
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public Optional<InputStream> released(String key) {
    return Optional.ofNullable(
        AutoencoderTrunk.class.getResourceAsStream("trunk-" + key + ".safetensors"));
  }

  @Override
  public InTraining create(TrainingContext context) throws IOException {
    return new Optimized(new AutoencoderOptimization(frame, new Unquantized(frame), context));
  }

  private static boolean belongs(String name) {
    return name.startsWith(DECODER) || (name.startsWith(ENCODER) && !name.matches(HEAD));
  }

  /**
   * Copies a trunk's weights into a model's parameters.
   *
   * @throws UsageException if the model has other parameters than the trunk
   */
  static void load(Path file, Parameters parameters) throws IOException {
    try (WeightFile weights = WeightFile.open(file)) {
      for (String name : new TreeSet<>(weights.names())) {
        if (!parameters.has(name)
            || !Arrays.equals(parameters.get(name).shape(), weights.shape(name))) {
          throw new UsageException(
              "the trunk "
                  + file
                  + " does not fit the tokenizer, which has no such "
                  + name
                  + ": delete the file to have it trained anew");
        }
        float[] values = weights.read(name);
        Floats.of(parameters.get(name)).write(0, values, values.length);
      }
    }
  }

  /** A trunk in training. */
  private record Optimized(AutoencoderOptimization optimization) implements InTraining {
    @Override
    public Map<String, Double> step(INDArray images) {
      return optimization.step(images);
    }

    @Override
    public void write(Path file) throws IOException {
      Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
      for (String name : optimization.parameters().names()) {
        if (belongs(name)) {
          INDArray value = optimization.result(name);
          tensors.put(name, new Safetensors.Tensor(value.shape(), Floats.all(value)));
        }
      }
      Safetensors.write(file, tensors, Map.of());
    }

    @Override
    public void save(Path folder) throws IOException {
      optimization.save(folder);
    }

    @Override
    public void restore(Path folder) throws IOException {
      optimization.restore(folder);
    }

    @Override
    public void close() {
      optimization.close();
    }
  }
}
