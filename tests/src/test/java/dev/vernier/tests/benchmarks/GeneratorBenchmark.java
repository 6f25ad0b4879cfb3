package dev.vernier.tests.benchmarks;

import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorContext;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.GuidanceSchedule;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.TrainableGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A small FAR on 16 grids of 8 x 8 positions with two sub-codebooks of 1,024: width 256, 8 heads, 6
 * blocks, 2 more in the head.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class GeneratorBenchmark {
  /** Grids of a step. */
  static final int BATCH = 16;

  private static final int POSITIONS = 64;

  /** Sub-tokens of a sampling. */
  static final int SUB_TOKENS = BATCH * POSITIONS * 2;

  private static final List<SubCodebook> CODEBOOKS =
      List.of(new SubCodebook("visual", 1024), new SubCodebook("semantic", 1024));

  private TrainableGenerator training;
  private Generator generator;
  private Tokens tokens;
  private final int[] labels = new int[BATCH];
  private final SamplingSettings settings =
      new SamplingSettings(
          List.of(new SamplingSettings.Draw(1, 1, 0, 1)), GuidanceSchedule.CONSTANT, 1);

  /** Makes the generator. */
  @Setup
  public void open() throws IOException {
    GeneratorProvider provider =
        ServiceLoader.load(GeneratorProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals("far"))
            .findFirst()
            .orElseThrow();
    TokenizerSpec tokenizer = new TokenizerSpec("none", ImageSize.square(8), 1, CODEBOOKS, 8, 0);
    Map<String, String> given =
        Map.of("width", "256", "layers", "6", "heads", "8", "head-layers", "2", "dropout", "0");
    training =
        provider.create(
            Settings.of(provider.settings(), given),
            new GeneratorContext(tokenizer, 10, BATCH, 1_000_000, 1, false));
    generator = training.generator();
    int[] indices = new Random(1).ints(BATCH * 2 * POSITIONS, 0, 1024).toArray();
    tokens = new Tokens(indices, BATCH, CODEBOOKS, 8, 8);
    for (int i = 0; i < BATCH; i++) {
      labels[i] = i % 10;
    }
  }

  /** A training step of 16 grids. */
  @Benchmark
  public Map<String, Double> step() {
    return training.step(tokens, labels);
  }

  /** Sampling of 2,048 sub-tokens, without guidance and cut-offs. */
  @Benchmark
  public Tokens sample() {
    return generator.sample(labels, 0, settings);
  }

  /** Frees memory. */
  @TearDown
  public void close() {
    generator.close();
    training.close();
  }
}
