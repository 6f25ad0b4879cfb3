package dev.vernier.tests.benchmarks;

import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Split;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One training step of a tokenizer: reconstruction and its quantizer's losses, clipping, Adam. The
 * largest codebooks of VQ-LC and LFQ stand beside VQGAN of K 1,024, d 8, as what a large codebook
 * costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class TrainingStepBenchmark {
  /**
   * {@code 32px} steps 32 images, {@code 64px} steps 8; {@code quick} and {@code standard} are
   * smaller networks on 8 and 16 images of 32 pixels.
   */
  @Param({"32px", "64px", "quick", "standard"})
  public String configuration;

  /** The tokenizer and its codebook size. */
  @Param({"vqgan:1024", "vq-lc:100000", "lfq:262144"})
  public String tokenizer;

  private TrainableTokenizer training;
  private INDArray images;

  /** Makes the tokenizer. */
  @Setup
  public void open() throws IOException {
    Map<String, String> sizes =
        switch (configuration) {
          case "quick" -> sizes(8, "1,2,2", 1, 16, 4);
          case "standard" -> sizes(16, "1,2,2", 1, 32, 8);
          case "32px" -> sizes(32, "1,2,2", 1, 64, 8);
          default -> sizes(64, "1,2,2,4", 2, 128, 32);
        };
    int size = configuration.equals("64px") ? 64 : 32;
    int batch = batch(configuration);
    String[] named = tokenizer.split(":", 2);
    TokenizerProvider provider =
        ServiceLoader.load(TokenizerProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals(named[0]))
            .findFirst()
            .orElseThrow();
    Map<String, String> settings = new HashMap<>(sizes);
    settings.put("codebook-size", named[1]);
    if (named[0].equals("vq-lc")) {
      settings.put("codebook", "random-frozen");
    }
    TrainingContext context =
        new TrainingContext(
            new NoImages(size),
            batch,
            1_000_000,
            1,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Path.of("."),
            false);
    training = provider.create(Settings.of(provider.settings(), settings), context);
    images = Nd4j.rand(DataType.FLOAT, batch, 3, size, size).muli(2).subi(1);
  }

  /** Images of a step. */
  static int batch(String configuration) {
    return Map.of("32px", 32, "64px", 8, "quick", 8, "standard", 16).get(configuration);
  }

  private static Map<String, String> sizes(
      int channels, String multipliers, int blocks, int zChannels, int groups) {
    return Map.of(
        "channels", String.valueOf(channels),
        "multipliers", multipliers,
        "residual-blocks", String.valueOf(blocks),
        "z-channels", String.valueOf(zChannels),
        "groups", String.valueOf(groups));
  }

  /** One step. */
  @Benchmark
  public Map<String, Double> step() {
    return training.step(images);
  }

  /** Frees memory. */
  @TearDown
  public void close() {
    training.close();
    images.close();
  }

  /** A dataset that only says its size: the benchmark brings its own batch. */
  private record NoImages(int imageSize) implements ImageDataset {
    @Override
    public DatasetSpec spec() {
      return new DatasetSpec("none", ImageSize.square(imageSize), List.of(), "none");
    }

    @Override
    public int size(Split split) {
      return 0;
    }

    @Override
    public LabelledImage image(Split split, int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      throw new IndexOutOfBoundsException(index);
    }
  }
}
