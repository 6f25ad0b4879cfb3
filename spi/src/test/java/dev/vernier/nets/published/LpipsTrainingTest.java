package dev.vernier.nets.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** LPIPS as a loss: the distance that is measured, and its gradient. */
@Tag("numerics")
class LpipsTrainingTest {
  private static final int BATCH = 2;
  private static final float STEP = 0.002f;

  @TempDir private Path folder;

  private static INDArray images(String name, int side) {
    return Nd4j.createFromArray(GeneratedWeights.uniform(name, BATCH * 3 * side * side, -0.9, 0.9))
        .reshape(BATCH, 3, side, side);
  }

  @ParameterizedTest
  @CsvSource({"alex, 35", "vgg, 18", "squeeze, 34"})
  void lossIsTheMeanOfTheDistances_andItsGradientThatOfDifferences(String backbone, int side)
      throws IOException {
    try (Lpips lpips = LpipsFiles.write(backbone, folder).open();
        Loss loss = new Loss(lpips, side);
        INDArray images = images("first", side);
        INDArray others = images("second", side)) {
      loss.run(images, others);
      assertThat(loss.value()).isCloseTo(mean(lpips, images, others), within(1e-6));
      float[] gradient = Floats.all(loss.gradient);
      int[] steepest =
          IntStream.range(0, gradient.length)
              .boxed()
              .sorted(Comparator.comparing(i -> -Math.abs(gradient[i])))
              .limit(8)
              .mapToInt(i -> i)
              .toArray();
      double[] slopes = slopes(lpips, images, others, steepest);
      for (int i = 0; i < steepest.length; i++) {
        assertThat((double) gradient[steepest[i]]).isCloseTo(slopes[i], withinPercentage(3));
      }
    }
  }

  private static double mean(Lpips lpips, INDArray images, INDArray others) {
    return Arrays.stream(lpips.distances(images, others)).average().orElseThrow();
  }

  /** By how much the mean grows with single values of the second images, found in one pass. */
  private static double[] slopes(Lpips lpips, INDArray images, INDArray others, int[] pixels) {
    INDArray[] original = new INDArray[2 * pixels.length];
    INDArray[] moved = new INDArray[2 * pixels.length];
    for (int i = 0; i < moved.length; i++) {
      float[] values = Floats.all(others);
      values[pixels[i / 2]] += i % 2 == 0 ? STEP : -STEP;
      original[i] = images;
      moved[i] = Nd4j.createFromArray(values).reshape(others.shape());
    }
    double[] distances = lpips.distances(Nd4j.concat(0, original), Nd4j.concat(0, moved));
    return IntStream.range(0, pixels.length)
        .mapToDouble(
            i ->
                IntStream.range(2 * i * BATCH, (2 * i + 1) * BATCH)
                    .mapToDouble(at -> distances[at] - distances[at + BATCH])
                    .sum())
        .map(difference -> difference / BATCH / (2 * STEP))
        .toArray();
  }

  @Test
  void gradientEqualsSameDiff() throws IOException {
    int side = 16;
    try (Lpips lpips = LpipsFiles.write("vgg", folder).open();
        Loss loss = new Loss(lpips, side);
        INDArray images = images("first", side);
        INDArray others = images("second", side)) {
      loss.run(images, others);
      INDArray expected = reference(lpips, side, images, others);
      assertThat(loss.gradient.distance2(expected))
          .isLessThan(1e-4 * expected.norm2Number().doubleValue());
    }
  }

  /** The gradient as SameDiff derives it, from a graph that nobody else has differentiated. */
  private static INDArray reference(Lpips lpips, int side, INDArray image, INDArray other) {
    Graph graph = new Graph();
    FeatureMap images = FeatureMap.ofInput(graph, graph.input("images", BATCH, 3, side, side));
    FeatureMap others = FeatureMap.ofInput(graph, graph.input("others", BATCH, 3, side, side));
    graph.sameDiff().setLossVariables(lpips.mean(images, others));
    graph.sameDiff().createGradFunction("others");
    return graph
        .sameDiff()
        .calculateGradients(Map.of("images", image, "others", other), "others")
        .get("others");
  }

  @Test
  void positionsWhereNothingIsActive_haveNoGradientRatherThanNone() {
    LpipsHead head = new LpipsHead(List.of(new float[] {1, 2}));
    Graph graph = new Graph();
    SDVariable x = graph.input("x", 1, 2, 1, 2);
    SDVariable y = graph.input("y", 1, 2, 1, 2);
    FeatureMap first = Layers.relu(FeatureMap.ofInput(graph, x));
    FeatureMap second = Layers.relu(FeatureMap.ofInput(graph, y));
    SDVariable loss = head.mean(List.of(first), List.of(second));
    try (Parameters none = Parameters.initialize(graph, 0);
        Execution execution =
            Executors.chosen().compile(Program.inputGradient(graph, loss, y), none)) {
      execution.set(x, Nd4j.createFromArray(3f, 1, 4, 1).reshape(1, 2, 1, 2));
      execution.set(y, Nd4j.createFromArray(-1f, 1, -1, 2).reshape(1, 2, 1, 2));
      execution.run();
      double atFirst = 0.36 + 2 * 0.64;
      double atSecond = Math.pow(0.5, 0.5) - Math.pow(0.2, 0.5);
      double other = Math.pow(0.5, 0.5) - 2 * Math.pow(0.2, 0.5);
      assertThat(execution.number(loss))
          .isCloseTo((atFirst + atSecond * atSecond + 2 * other * other) / 2, within(1e-6));
      float[] found = execution.gradient(y);
      assertThat(new float[] {found[0], found[2]}).containsExactly(0, 0);
      assertThat(Math.abs(found[1])).isPositive().isFinite();
    }
  }

  /** The loss in a graph of its own, with its gradient with respect to the reconstruction. */
  private static final class Loss implements AutoCloseable {
    private final Graph graph = new Graph();
    private final SDVariable images;
    private final SDVariable others;
    private final SDVariable value;
    private final Parameters none;
    private final INDArray gradient;
    private final Execution execution;

    Loss(Lpips lpips, int side) {
      images = graph.input("images", BATCH, 3, side, side);
      others = graph.input("others", BATCH, 3, side, side);
      value = lpips.mean(FeatureMap.ofInput(graph, images), FeatureMap.ofInput(graph, others));
      none = Parameters.initialize(graph, 0);
      gradient = Nd4j.create(DataType.FLOAT, BATCH, 3, side, side);
      execution = Executors.chosen().compile(Program.inputGradient(graph, value, others), none);
    }

    void run(INDArray image, INDArray other) {
      execution.set(images, image);
      execution.set(others, other);
      execution.run();
      Floats.of(gradient).write(0, execution.gradient(others), (int) gradient.length());
    }

    double value() {
      return execution.number(value);
    }

    @Override
    public void close() {
      execution.close();
      gradient.close();
      none.close();
    }
  }
}
