package dev.vernier.autoencoder;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Split;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.Trunk;
import dev.vernier.spi.UsageException;
import dev.vernier.weights.Safetensors;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The trunk of the frame: the whole encoder and the whole decoder. What lies between them is each
 * family's own, and begins from fresh weights in all of them. Of a family that has a head a branch,
 * each begins as the trunk's head.
 *
 * @param frame sizes and objective, without an adversary
 */
public record AutoencoderTrunk(AutoencoderSettings frame) implements Trunk {
  /** Grows whenever frame or training change, so that kept weights are not mistaken for new. */
  private static final int VERSION = 1;

  private static final int BATCH = 16;

  private static final String MEAN = "latents.mean";
  private static final String AXES = "latents.axes";
  private static final String VARIANCES = "latents.variances";

  /** Training images whose latents give the axes, at most. */
  private static final int IMAGES = 256;

  /** The arrays of the encoder's head. */
  private static final Pattern HEAD = Pattern.compile("(encoder\\.(?:norm|conv)_out)(\\.\\w+)");

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
    return Optional.of(new AutoencoderTrunk(settings.ofTrunk()));
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
  public void check(Path file) throws IOException {
    try (WeightFile weights = WeightFile.open(file)) {
      if (!weights.names().containsAll(List.of(MEAN, AXES, VARIANCES))) {
        throw new UsageException(file + " lacks " + MEAN + ", " + AXES + " or " + VARIANCES);
      }
    }
  }

  @Override
  public InTraining create(TrainingContext context) throws IOException {
    return new Optimized(frame, context);
  }

  /**
   * Copies a trunk's weights into a model's parameters, and lays the layers to codes and back along
   * the axes of its latents.
   *
   * @throws UsageException if the model has other parameters than the trunk
   */
  static void load(Path file, Parameters parameters, CodeForm form) throws IOException {
    try (WeightFile weights = WeightFile.open(file)) {
      Set<String> arrays = new TreeSet<>(weights.names());
      arrays.removeAll(List.of(MEAN, AXES, VARIANCES));
      for (String array : arrays) {
        List<String> names = namesOf(array, parameters);
        if (names.isEmpty()) {
          throw unfit(file, array);
        }
        float[] values = weights.read(array);
        for (String name : names) {
          if (!Arrays.equals(parameters.get(name).shape(), weights.shape(array))) {
            throw unfit(file, array);
          }
          Floats.of(parameters.get(name)).write(0, values, values.length);
        }
      }
      new LatentAxes(weights.read(MEAN), weights.read(AXES), weights.read(VARIANCES))
          .lay(parameters, form);
    }
  }

  /** The parameters that begin as an array of the trunk: several where each branch has a head. */
  private static List<String> namesOf(String array, Parameters parameters) {
    Matcher head = HEAD.matcher(array);
    Pattern names =
        Pattern.compile(
            head.matches()
                ? Pattern.quote(head.group(1)) + "(_\\w+)?" + Pattern.quote(head.group(2))
                : Pattern.quote(array));
    return parameters.names().stream().filter(names.asMatchPredicate()).toList();
  }

  private static UsageException unfit(Path file, String array) {
    return new UsageException(
        "the trunk "
            + file
            + " does not fit the tokenizer, which has no such "
            + array
            + ": delete the file to have it trained anew");
  }

  /** A trunk in training. */
  private static final class Optimized extends AutoencoderOptimization implements InTraining {
    private final AutoencoderSettings frame;
    private final ImageDataset dataset;

    Optimized(AutoencoderSettings frame, TrainingContext context) throws IOException {
      super(frame, new Unquantized(frame), context);
      this.frame = frame;
      this.dataset = context.dataset();
    }

    @Override
    public void write(Path file) throws IOException {
      Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
      for (String name : parameters().names()) {
        INDArray value = result(name);
        tensors.put(name, new Safetensors.Tensor(value.shape(), () -> Floats.all(value)));
      }
      LatentAxes axes = axes();
      long z = frame.zChannels();
      tensors.put(MEAN, new Safetensors.Tensor(new long[] {z}, axes.mean()));
      tensors.put(AXES, new Safetensors.Tensor(new long[] {z, z}, axes.axes()));
      tensors.put(VARIANCES, new Safetensors.Tensor(new long[] {z}, axes.variances()));
      Safetensors.write(file, tensors, Map.of());
    }

    private LatentAxes axes() {
      ImageSize size = dataset.spec().imageSize();
      Graph graph = new Graph();
      SDVariable images = graph.input("images", 1, 3, size.height(), size.width());
      FeatureMap trunk = frame.architecture().trunk(frame, FeatureMap.ofInput(graph, images));
      SDVariable latents = Encoder.head(frame, trunk, frame.zChannels()).rows();
      int count = Math.min(IMAGES, dataset.size(Split.TRAIN));
      int each = trunk.area() * frame.zChannels();
      float[] rows = new float[count * each];
      try (Parameters weights = Parameters.initialize(graph, 0)) {
        weights.names().forEach(name -> weights.get(name).assign(result(name)));
        try (Execution execution =
            Executors.chosen().compile(Program.forward(graph, latents), weights)) {
          for (int i = 0; i < count; i++) {
            try (INDArray image =
                Pixels.toArray(List.of(dataset.image(Split.TRAIN, spread(i, count))))) {
              execution.set(images, image);
            }
            execution.run();
            System.arraycopy(execution.floats(latents), 0, rows, i * each, each);
          }
        }
      }
      return LatentAxes.of(rows, frame.zChannels());
    }

    /** One of so many images from all over the training split, which may be sorted by class. */
    private int spread(int number, int count) {
      return (int) ((long) number * dataset.size(Split.TRAIN) / count);
    }
  }
}
