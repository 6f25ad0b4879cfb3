package dev.vernier.tokenizers.vq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Integers;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Plan;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.spi.Settings;
import dev.vernier.tests.golden.GoldenCase;
import dev.vernier.tests.golden.GoldenHandler;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The projected quantizer's codes, loss and gradients. */
public final class ProjectedQuantizerCases {
  private ProjectedQuantizerCases() {}

  /** Handlers by case name. */
  public static Map<String, GoldenHandler> handlers() {
    return Map.of("vq_vqgan_lc", ProjectedQuantizerCases::check);
  }

  private static void check(GoldenCase golden) {
    int[] shape = golden.array("z").shape();
    int[] entries = golden.array("codebook").shape();
    Map<String, String> sizes =
        Map.of("codebook-size", "" + entries[0], "code-dimension", "" + shape[1]);
    VqLcSettings settings = VqLcSettings.of(Settings.of(VqLcSettings.all(), sizes));
    Graph graph = new Graph();
    SDVariable input = graph.input("z", shape[0], shape[1], shape[2], shape[3]);
    SDVariable upstream = graph.input("upstream", shape[0], shape[1], shape[2], shape[3]);
    int count = shape[0] * shape[2] * shape[3];
    SDVariable rows = input.permute(0, 2, 3, 1).reshape(count, shape[1]);
    ProjectedQuantizer quantizer =
        new ProjectedQuantizer(settings, entries[1], Initializer.constant(0));
    Parameters[] holder = new Parameters[1];
    ProjectedQuantizer.Quantized quantized = quantizer.train(graph, rows, count, () -> holder[0]);
    SDVariable output =
        quantized
            .outcome()
            .output()
            .reshape(shape[0], shape[2], shape[3], shape[1])
            .permute(0, 3, 1, 2)
            .mul(1);
    SDVariable loss =
        quantized
            .outcome()
            .commitment()
            .mul(settings.commitmentWeight())
            .add(quantized.outcome().codebook().mul(settings.projectionWeight()));
    SDVariable passedThrough = output.mul(upstream).sum();
    try (Parameters parameters = Parameters.initialize(graph, 1);
        INDArray gradient = Nd4j.create(DataType.FLOAT, shape[0], shape[1], shape[2], shape[3])) {
      holder[0] = parameters;
      fill(parameters, ProjectedQuantizer.EMBEDDING, golden.array("codebook"));
      fill(parameters, ProjectedQuantizer.PROJECTION_WEIGHT, golden.array("projection_weight"));
      fill(parameters, ProjectedQuantizer.PROJECTION_BIAS, golden.array("projection_bias"));
      try (Plan plan = Plan.training(graph, parameters, loss, output);
          Plan ofInput = Plan.inputGradient(graph, parameters, loss, input, gradient);
          Plan through = Plan.inputGradient(graph, parameters, passedThrough, input, gradient)) {
        for (Plan each : List.of(plan, ofInput, through)) {
          fill(each.get("z"), golden.array("z"));
          fill(each.get("upstream"), golden.array("upstream"));
        }
        plan.run();
        golden.expect("indices", Integers.read(plan.get(quantized.indices())));
        golden.expect("z_q", plan.get(output).dup('c').data().asFloat());
        golden.expectScalar("loss", plan.get(loss).getDouble(0));
        golden.expect(
            "grad_projection_weight",
            Floats.all(parameters.gradient(ProjectedQuantizer.PROJECTION_WEIGHT)));
        golden.expect(
            "grad_projection_bias",
            Floats.all(parameters.gradient(ProjectedQuantizer.PROJECTION_BIAS)));
        ofInput.run();
        golden.expect("grad_z", Floats.all(gradient));
        through.run();
        assertThat(Floats.all(gradient)).isEqualTo(golden.array("upstream").floats());
      }
    }
  }

  private static void fill(Parameters parameters, String name, NumpyArray values) {
    fill(parameters.get(name), values);
  }

  private static void fill(INDArray target, NumpyArray values) {
    Floats.of(target).write(0, values.floats(), values.floats().length);
  }
}
