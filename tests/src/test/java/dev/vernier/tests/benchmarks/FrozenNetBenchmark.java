package dev.vernier.tests.benchmarks;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import java.util.concurrent.TimeUnit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;
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

/** The convolutions of VGG-16 on 8 images of 224 pixels: what a frozen net costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class FrozenNetBenchmark {
  /** Images of a pass. */
  static final int BATCH = 8;

  private static final int SIDE = 224;
  private static final int[][] STAGES = {
    {64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}
  };

  private Parameters parameters;
  private Execution execution;

  /** Lays the net, with random weights. */
  @Setup
  public void open() {
    Graph graph = new Graph();
    SDVariable images = graph.input("images", BATCH, 3, SIDE, SIDE);
    FeatureMap x = FeatureMap.ofInput(graph, images);
    int layer = 0;
    for (int[] stage : STAGES) {
      for (int channels : stage) {
        x = Convolution.apply("layer" + layer++, x, channels, 3);
        x = x.with(graph.sameDiff().nn().relu(x.value(), 0));
      }
      x = halved(x);
    }
    parameters = Parameters.initialize(graph, 1);
    execution = Executors.chosen().compile(Program.forward(graph, x.value()), parameters);
    try (INDArray random = Nd4j.rand(DataType.FLOAT, BATCH, 3, SIDE, SIDE)) {
      execution.set(images, random);
    }
  }

  private static FeatureMap halved(FeatureMap x) {
    Pooling2DConfig pooling =
        Pooling2DConfig.builder().kH(2).kW(2).sH(2).sW(2).isNHWC(true).build();
    return new FeatureMap(
        x.graph(),
        x.graph().sameDiff().cnn().maxPooling2d(x.value(), pooling),
        x.batch(),
        x.height() / 2,
        x.width() / 2,
        x.channels());
  }

  /** One forward pass. */
  @Benchmark
  public void forward() {
    execution.run();
  }

  /** Frees memory. */
  @TearDown
  public void close() {
    execution.close();
    parameters.close();
  }
}
