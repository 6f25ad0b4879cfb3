package dev.vernier.tokenizers.vq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.tests.golden.GoldenCase;
import dev.vernier.tests.golden.GoldenHandler;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

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
    VqLcSettings settings =
        Settings.of(Setting.of(VqLcSettings.class), sizes).bind(VqLcSettings.class);
    Graph graph = new Graph();
    SDVariable input = graph.input("z", shape[0], shape[1], shape[2], shape[3]);
    SDVariable upstream = graph.input("upstream", shape[0], shape[1], shape[2], shape[3]);
    int count = shape[0] * shape[2] * shape[3];
    SDVariable rows = input.permute(0, 2, 3, 1).reshape(count, shape[1]);
    ProjectedQuantizer quantizer =
        new ProjectedQuantizer(settings, entries[1], Initializer.constant(0));
    ProjectedQuantizer.Quantized quantized = quantizer.train(graph, rows, count);
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
    try (Parameters parameters = Parameters.initialize(graph, 1)) {
      fill(parameters, ProjectedQuantizer.EMBEDDING, golden.array("codebook"));
      fill(parameters, ProjectedQuantizer.PROJECTION_WEIGHT, golden.array("projection_weight"));
      fill(parameters, ProjectedQuantizer.PROJECTION_BIAS, golden.array("projection_bias"));
      try (Execution execution =
              Executors.chosen().compile(Program.training(graph, loss, output), parameters);
          Execution ofInput =
              Executors.chosen().compile(Program.inputGradient(graph, loss, input), parameters);
          Execution through =
              Executors.chosen()
                  .compile(Program.inputGradient(graph, passedThrough, input), parameters)) {
        for (Execution each : List.of(execution, ofInput, through)) {
          each.set(input, golden.array("z").floats());
          each.set(upstream, golden.array("upstream").floats());
        }
        execution.run();
        golden.expect("indices", execution.integers(quantized.indices()));
        golden.expect("z_q", execution.floats(output));
        golden.expectScalar("loss", execution.number(loss));
        golden.expect(
            "grad_projection_weight",
            Floats.all(parameters.gradient(ProjectedQuantizer.PROJECTION_WEIGHT)));
        golden.expect(
            "grad_projection_bias",
            Floats.all(parameters.gradient(ProjectedQuantizer.PROJECTION_BIAS)));
        ofInput.run();
        golden.expect("grad_z", ofInput.gradient(input));
        through.run();
        assertThat(through.gradient(input)).isEqualTo(golden.array("upstream").floats());
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
