package dev.vernier.tokenizers.lfq;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.tests.golden.GoldenCase;
import dev.vernier.tests.golden.GoldenHandler;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/** Lookup-free quantization's codes, losses and gradients; in its package, as it is not public. */
public final class LookupFreeCases {
  private LookupFreeCases() {}

  /** Handlers by case name. */
  public static Map<String, GoldenHandler> handlers() {
    return Map.of("lfq", LookupFreeCases::check);
  }

  private static void check(GoldenCase golden) {
    NumpyArray x = golden.array("x");
    int[] shape = x.shape();
    Map<String, String> given =
        Map.of(
            "codebook-size",
            String.valueOf(golden.count("codebook_size")),
            "temperature",
            String.valueOf(golden.number("temperature", 0.01)));
    double sampleWeight = golden.number("sample_minimization_weight", 1);
    double batchWeight = golden.number("batch_maximization_weight", 1);
    LfqSettings settings =
        Settings.of(Setting.of(LfqSettings.class), given).bind(LfqSettings.class);
    Graph graph = new Graph();
    SDVariable input = graph.input("x", shape[0], shape[1], shape[2], shape[3]);
    int count = shape[0] * shape[2] * shape[3];
    SDVariable rows = input.permute(0, 2, 3, 1).reshape(count, shape[1]);
    LfqBottleneck.Quantized quantized =
        new LfqBottleneck(settings, new OpenMagvit(settings.bits())).quantize(graph, rows, count);
    SDVariable output =
        quantized
            .output()
            .reshape(shape[0], shape[2], shape[3], shape[1])
            .permute(0, 3, 1, 2)
            .mul(1);
    SDVariable auxiliary =
        quantized.sampleEntropy().mul(sampleWeight).sub(quantized.batchEntropy().mul(batchWeight));
    SDVariable all = auxiliary.add(quantized.commitment());
    SDVariable[] wanted = {
      output, quantized.sampleEntropy(), quantized.batchEntropy(), quantized.commitment(), rows
    };
    try (Parameters parameters = Parameters.initialize(graph, 1);
        Execution aux =
            Executors.chosen()
                .compile(Program.inputGradient(graph, auxiliary, input, wanted), parameters)) {
      aux.set(input, golden.tensor("x"));
      aux.run();
      golden.expect("grad_x_aux", aux.gradient(input));
      golden.expect("quantized", aux.floats(output));
      golden.expect("indices", SignBits.indices(aux.floats(rows), shape[1]));
      double sample = aux.number(quantized.sampleEntropy());
      double batch = aux.number(quantized.batchEntropy());
      golden.expectScalar("per_sample_entropy", sample);
      golden.expectScalar("codebook_entropy", batch);
      golden.expectScalar("entropy_aux_loss", sampleWeight * sample - batchWeight * batch);
      golden.expectScalar("commit_loss", aux.number(quantized.commitment()));
      try (Execution both =
          Executors.chosen()
              .compile(Program.inputGradient(graph, all, input, wanted), parameters)) {
        both.set(input, golden.tensor("x"));
        both.run();
        golden.expect("grad_x_aux_plus_commit", both.gradient(input));
      }
    }
  }
}
