package dev.vernier.engine.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.onednn.ConvolutionKernel;
import dev.vernier.engine.onednn.GroupNormKernel;
import dev.vernier.engine.onednn.UpsampleKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

@Tag("numerics")
class PlanTest {
  private static final int BATCH = 2;
  private static final int CHANNELS = 8;
  private static final int SIDE = 6;

  private final Graph graph = new Graph();
  private final SDVariable images = graph.input("images", BATCH, 3, SIDE, SIDE);
  private final SDVariable loss = network();

  /**
   * Two convolutions with normalization, a residual connection, a matrix product and a mean: every
   * sort of work a plan knows.
   */
  private SDVariable network() {
    SDVariable h = conv("a", images, 3);
    SDVariable skip = h;
    h = norm("n1", h);
    h = conv("b", h, CHANNELS).add(skip);
    h = norm("n2", h);
    SDVariable flat = h.reshape(BATCH * CHANNELS, SIDE * SIDE);
    SDVariable w = graph.parameter("w", Initializer.normal(0.1), SIDE * SIDE, 5);
    SDVariable out = flat.mmul(w);
    return out.mul(out).mean("loss");
  }

  private SDVariable conv(String name, SDVariable x, int in) {
    SDVariable w =
        graph.parameter(name + ".weight", Initializer.fanIn(9L * in), CHANNELS, in, 3, 3);
    SDVariable b = graph.parameter(name + ".bias", Initializer.normal(0.1), CHANNELS);
    return graph.fused("conv2d", new ConvolutionKernel(3, 1), PlanTest::convolution, x, w, b);
  }

  private static SDVariable convolution(SDVariable... in) {
    Conv2DConfig config =
        Conv2DConfig.builder().kH(3).kW(3).sH(1).sW(1).paddingMode(PaddingMode.SAME).build();
    return in[0].getSameDiff().cnn().conv2d(in[0], in[1].permute(2, 3, 1, 0), in[2], config);
  }

  private SDVariable norm(String name, SDVariable x) {
    SDVariable w = graph.parameter(name + ".weight", Initializer.uniform(0.5, 1.5), CHANNELS);
    SDVariable b = graph.parameter(name + ".bias", Initializer.normal(0.1), CHANNELS);
    return graph.fused(
        "group_norm",
        new GroupNormKernel(BATCH, CHANNELS, SIDE * SIDE, 2, 1e-6, true),
        PlanTest::composed,
        x,
        w,
        b);
  }

  private static SDVariable composed(SDVariable... in) {
    SDVariable grouped = in[0].reshape(BATCH, 2, -1);
    SDVariable centered = grouped.sub(grouped.mean(true, 2));
    SDVariable variance = centered.mul(centered).mean(true, 2);
    SameDiff sd = in[0].getSameDiff();
    SDVariable normal =
        centered.div(sd.math().sqrt(variance.add(1e-6))).reshape(BATCH, CHANNELS, SIDE, SIDE);
    SDVariable y =
        normal.mul(in[1].reshape(1, CHANNELS, 1, 1)).add(in[2].reshape(1, CHANNELS, 1, 1));
    return y.mul(sd.nn().sigmoid(y));
  }

  @Test
  void gradientsEqualSameDiff_withAndWithoutKernels() {
    for (boolean kernels : new boolean[] {false, true}) {
      try (Parameters parameters = Parameters.initialize(graph, 7);
          Plan plan = Plan.training(graph, parameters, kernels, loss)) {
        INDArray batch = Nd4j.rand(DataType.FLOAT, BATCH, 3, SIDE, SIDE);
        Map<String, INDArray> expected = reference(parameters, batch);
        for (int run = 0; run < 2; run++) {
          plan.set(images, batch);
          plan.run();
          for (String name : parameters.names()) {
            assertThat(relativeError(parameters.gradient(name), expected.get(name)))
                .as(name)
                .isLessThan(1e-5);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 1, 6", "3, 2, 1, 7", "3, 2, 1, 6", "1, 1, 0, 5", "4, 2, 1, 6", "2, 2, 0, 7"})
  void gradientThroughAFrozenConvolution_equalsSameDiff(
      int size, int stride, int padding, int side) {
    Graph frozen = new Graph();
    SDVariable x = frozen.input("x", BATCH, 3, side, side);
    try (INDArray weights = Nd4j.rand(DataType.FLOAT, CHANNELS, 3, size, size);
        INDArray images = Nd4j.rand(DataType.FLOAT, BATCH, 3, side, side);
        INDArray gradient = Nd4j.create(DataType.FLOAT, BATCH, 3, side, side)) {
      FeatureMap map =
          Convolution.padded(
              new FeatureMap(frozen, x, BATCH, 3, side),
              frozen.frozen("weight", weights),
              frozen.frozen("bias", Nd4j.ones(CHANNELS)),
              stride,
              padding);
      SDVariable square = map.value().mul(map.value()).sum("square");
      try (Parameters none = Parameters.initialize(frozen, 7);
          Plan plan = Plan.inputGradient(frozen, none, square, x, gradient)) {
        plan.set(x, images);
        plan.run();
        INDArray expected =
            frozen.sameDiff().calculateGradients(Map.of("x", images), List.of("x")).get("x");
        assertThat(relativeError(gradient, expected)).isLessThan(1e-5);
      }
    }
  }

  @Test
  void gradientsOfConstants_areNotAskedFor() {
    List<List<Boolean>> asked = new ArrayList<>();
    FusedKernel product =
        new FusedKernel() {
          @Override
          public long[] outputShape(List<long[]> inputShapes) {
            return inputShapes.get(0);
          }

          @Override
          public void forward(INDArray[] inputs, INDArray output) {
            output.assign(inputs[0].mul(inputs[1]));
          }

          @Override
          public void backward(
              INDArray[] inputs, INDArray output, INDArray outputGradient, INDArray[] gradients) {
            asked.add(Arrays.stream(gradients).map(each -> each != null).toList());
            gradients[0].assign(outputGradient.mul(inputs[1]));
          }
        };
    Graph frozen = new Graph();
    SDVariable x = frozen.input("x", 3);
    SDVariable weight = frozen.frozen("weight", Nd4j.createFromArray(1f, 2f, 3f));
    SDVariable y = frozen.fused("product", product, in -> in[0].mul(in[1]), x, weight);
    try (Parameters none = Parameters.initialize(frozen, 7);
        INDArray gradient = Nd4j.create(DataType.FLOAT, 3);
        Plan plan = Plan.inputGradient(frozen, none, y.sum("sum"), x, gradient)) {
      plan.run();
      assertThat(asked).containsExactly(List.of(true, false));
      assertThat(gradient.toFloatVector()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void arraysShareMemory_whenTheirLivesDoNotOverlap() {
    try (Parameters parameters = Parameters.initialize(graph, 7);
        Plan forward = Plan.forward(graph, parameters, loss)) {
      long activation = 4L * BATCH * CHANNELS * SIDE * SIDE;
      assertThat(forward.workingBytes()).isLessThan(4 * activation);
    }
  }

  @Test
  void reductionsAlongAxesOfLengthOne_giveTheValuesBack() {
    Graph column = new Graph();
    SDVariable x = column.input("x", 3, 1);
    SDVariable sum = x.mul(2).sum(1);
    SDVariable mean = x.mul(3).mean(true, 1);
    SDVariable total = sum.mul(sum).sum();
    try (Parameters none = Parameters.initialize(column, 1);
        INDArray gradient = Nd4j.create(DataType.FLOAT, 3, 1);
        INDArray values = Nd4j.createFromArray(1f, 2f, 3f).reshape(3, 1);
        Plan plan = Plan.inputGradient(column, none, total, x, gradient, sum, mean)) {
      plan.set("x", values);
      plan.run();
      assertThat(plan.get(sum).toFloatVector()).containsExactly(2, 4, 6);
      assertThat(plan.get(mean).shape()).containsExactly(3, 1);
      assertThat(plan.get(mean).dup().data().asFloat()).containsExactly(3, 6, 9);
      assertThat(gradient.dup().data().asFloat()).containsExactly(8, 16, 24);
    }
  }

  @Test
  void namesGivenLater_reachThePlan() {
    Graph renaming = new Graph();
    SDVariable x = renaming.input("x", 1, 1, 2, 2);
    SDVariable doubled =
        renaming.fused(
            "upsample",
            new UpsampleKernel(),
            in -> in[0].getSameDiff().cnn().upsampling2d(in[0], 2, 2, true),
            x.mul(3));
    SDVariable back = renaming.input("back", 1, 1, 4, 4);
    renaming.hostStep(
        "copy", (reads, writes) -> writes[0].assign(reads[0]), List.of(doubled), List.of(back));
    doubled.rename("doubled");
    SDVariable result = back.mul(2).rename("result");
    try (Parameters parameters = Parameters.initialize(renaming, 7);
        Plan plan = Plan.forward(renaming, parameters, true, result, doubled)) {
      plan.set(x, Nd4j.ones(DataType.FLOAT, 1, 1, 2, 2));
      plan.run();
      assertThat(plan.get(result).minNumber().doubleValue()).isEqualTo(6);
      assertThat(plan.get("doubled").maxNumber().doubleValue()).isEqualTo(3);
    }
  }

  private Map<String, INDArray> reference(Parameters parameters, INDArray batch) {
    Map<String, INDArray> values = new HashMap<>(Map.of("images", batch));
    parameters.names().forEach(name -> values.put(name, parameters.get(name).dup()));
    return graph.sameDiff().calculateGradients(values, parameters.names());
  }

  private static double relativeError(INDArray actual, INDArray expected) {
    return actual.sub(expected).norm2Number().doubleValue()
        / Math.max(1e-12, expected.norm2Number().doubleValue());
  }
}
