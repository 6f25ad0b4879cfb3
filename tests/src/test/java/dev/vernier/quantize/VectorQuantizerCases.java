package dev.vernier.quantize;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.tests.golden.GoldenCase;
import dev.vernier.tests.golden.GoldenHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;

/** The vector quantizer's codes, losses and gradients. */
public final class VectorQuantizerCases {
  private static final double BETA = 0.25;
  private static final double RATIO = 0.03;

  private VectorQuantizerCases() {}

  /** Handlers by case name. */
  public static Map<String, GoldenHandler> handlers() {
    return Map.of(
        "vq_taming", VectorQuantizerCases::taming, "vq_fqgan_l2", VectorQuantizerCases::fqgan);
  }

  private static void taming(GoldenCase golden) {
    double beta = golden.number("beta", BETA);
    Setup setup = new Setup(golden, Map.of("l2-norm", "false"));
    Function<Terms, SDVariable> fixed = terms -> terms.codebook().add(terms.commitment().mul(beta));
    Function<Terms, SDVariable> legacy =
        terms -> terms.commitment().add(terms.codebook().mul(beta));
    Result result = setup.run(fixed);
    golden.expect("indices", result.indices());
    golden.expect("z_q", result.output());
    golden.expect("grad_z_fixed", result.inputGradient());
    golden.expect("grad_embedding_fixed", result.embeddingGradient());
    golden.expectScalar("loss_fixed", result.codebook() + beta * result.commitment());
    golden.expectScalar("fqgan_vq_loss", result.codebook());
    golden.expectScalar("fqgan_commit_loss", beta * result.commitment());
    Result old = setup.run(legacy);
    golden.expect("grad_z_legacy", old.inputGradient());
    golden.expect("grad_embedding_legacy", old.embeddingGradient());
    golden.expectScalar("loss_legacy", old.commitment() + beta * old.codebook());
  }

  private static void fqgan(GoldenCase golden) {
    double beta = golden.number("beta", BETA);
    double ratio = golden.number("entropy_loss_ratio", RATIO);
    golden.fixed("entropy_temperature", VectorQuantizer.ENTROPY_TEMPERATURE);
    Setup setup =
        new Setup(
            golden,
            Map.of(
                "l2-norm",
                golden.parameters().path("l2_norm").asText("true"),
                "entropy-ratio",
                String.valueOf(ratio)));
    Function<Terms, SDVariable> losses =
        terms -> terms.codebook().add(terms.commitment().mul(beta)).add(terms.entropy().mul(ratio));
    Result total = setup.run(losses);
    golden.expect("indices", total.indices());
    golden.expect("z_q", total.output());
    golden.expect("grad_z_total", total.inputGradient());
    golden.expect("grad_embedding_total", total.embeddingGradient());
    golden.expectScalar("vq_loss", total.codebook());
    golden.expectScalar("commit_loss", beta * total.commitment());
    golden.expectScalar("entropy_loss", ratio * total.entropy());
    Result entropy = setup.run(terms -> terms.entropy().mul(ratio));
    golden.expect("grad_z_entropy", entropy.inputGradient());
    golden.expect("grad_embedding_entropy", entropy.embeddingGradient());
    golden.expect("grad_z_upstream", setup.run(Terms::upstream).inputGradient());
    golden.expect(
        "grad_z_all",
        setup.run(terms -> losses.apply(terms).add(terms.upstream())).inputGradient());
    golden.expect("codebook_entry", total.output());
    golden.leaveOut(
        "the two entropies are compared by their difference", "sample_entropy", "avg_entropy");
    golden.leaveOut(
        "usage is counted over a whole validation set, not over a window of training",
        "codebook_usage_call1",
        "codebook_usage_call2");
  }

  /** What a loss may consist of. */
  private record Terms(
      SDVariable codebook, SDVariable commitment, SDVariable entropy, SDVariable upstream) {}

  @SuppressWarnings("ArrayRecordComponent") // handed on at once
  private record Result(
      int[] indices,
      float[] output,
      float[] inputGradient,
      float[] embeddingGradient,
      double codebook,
      double commitment,
      double entropy) {}

  /** A quantizer with the case's codebook. */
  private static final class Setup {
    private final GoldenCase golden;
    private final VqSettings settings;
    private final NumpyArray z;

    Setup(GoldenCase golden, Map<String, String> given) {
      this.golden = golden;
      NumpyArray embedding = golden.array("embedding");
      Map<String, String> all = new HashMap<>(given);
      all.put("codebook-size", String.valueOf(embedding.shape()[0]));
      all.put("code-dimension", String.valueOf(embedding.shape()[1]));
      this.settings = Settings.of(Setting.of(VqSettings.class), all).bind(VqSettings.class);
      this.z = golden.array("z");
    }

    Result run(Function<Terms, SDVariable> objective) {
      int[] shape = z.shape();
      Graph graph = new Graph();
      SDVariable input = graph.input("z", shape[0], shape[1], shape[2], shape[3]);
      SDVariable upstream = graph.input("upstream", shape[0], shape[1], shape[2], shape[3]);
      int count = shape[0] * shape[2] * shape[3];
      // The quantizer does not care that a map is no square: rows are all it sees.
      SDVariable rows = input.permute(0, 2, 3, 1).reshape(count, shape[1]);
      VectorQuantizer quantizer = new VectorQuantizer(settings, "quantize");
      VectorQuantizer.Quantized trained = quantizer.train(graph, rows, count);
      StraightThrough quantized = trained.outcome();
      SDVariable output =
          quantized.output().reshape(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2);
      SDVariable contiguous = output.mul(1);
      SDVariable entropy = trained.entropy().orElseGet(() -> quantized.codebook().mul(0));
      SDVariable loss =
          objective.apply(
              new Terms(
                  quantized.codebook(),
                  quantized.commitment(),
                  entropy,
                  contiguous.mul(upstream).sum()));
      try (Parameters parameters = Parameters.initialize(graph, 1)) {
        float[] embedding = golden.array("embedding").floats();
        Floats.of(parameters.get(quantizer.embeddingName())).write(0, embedding, embedding.length);
        SDVariable[] wanted = {contiguous, quantized.codebook(), quantized.commitment(), entropy};
        try (Execution execution =
                Executors.chosen().compile(Program.training(graph, loss, wanted), parameters);
            Execution ofInput =
                Executors.chosen()
                    .compile(Program.inputGradient(graph, loss, input, wanted), parameters)) {
          for (Execution each : List.of(execution, ofInput)) {
            each.set(input, golden.tensor("z"));
            each.set(upstream, golden.tensor("upstream"));
            each.run();
          }
          return new Result(
              execution.integers(trained.indices()),
              execution.floats(contiguous),
              ofInput.gradient(input),
              Floats.all(parameters.gradient(quantizer.embeddingName())),
              execution.number(quantized.codebook()),
              execution.number(quantized.commitment()),
              execution.number(entropy));
        }
      }
    }
  }
}
