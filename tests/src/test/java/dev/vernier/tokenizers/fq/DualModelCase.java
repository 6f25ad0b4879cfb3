package dev.vernier.tokenizers.fq;

import dev.vernier.autoencoder.Architecture;
import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.autoencoder.Objective;
import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.quantize.VqSettings;
import dev.vernier.spi.Settings;
import dev.vernier.tests.golden.GoldenCase;
import dev.vernier.tests.golden.GoldenHandler;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/** A whole small FQGAN-Dual: codes, reconstruction, every loss and every gradient. */
public final class DualModelCase {
  private static final int BATCH = 2;
  private static final int SIZE = 32;
  private static final int GRID = 4;
  private static final int WIDTH = 32;
  private static final int HEADS = 4;

  private DualModelCase() {}

  /** Handlers by case name. */
  public static Map<String, GoldenHandler> handlers() {
    return Map.of("vqmodel_dual_tiny", DualModelCase::check);
  }

  private static AutoencoderSettings frame() {
    Map<String, String> given =
        Map.of(
            "channels",
            "32",
            "multipliers",
            "1,1,1,1",
            "residual-blocks",
            "1",
            "z-channels",
            "16",
            "groups",
            "32");
    return AutoencoderSettings.of(Settings.of(AutoencoderSettings.all(), given));
  }

  private static VqSettings quantizer() {
    Map<String, String> given =
        Map.of("codebook-size", "64", "code-dimension", "8", "entropy-ratio", "0.03");
    return VqSettings.of(Settings.of(VqSettings.all(), given));
  }

  private static void check(GoldenCase golden) throws IOException {
    AutoencoderSettings frame = frame();
    FqSettings settings = new FqSettings(2, quantizer(), 1, HEADS, 0.1, 0, 1, HEADS);
    SDVariable[] predicted = new SDVariable[1];
    CodeTerms prediction =
        (images, trunk, branches, codes, objective) ->
            predicted[0] = addPrediction(trunk, codes.get(1), objective);
    FqBottleneck bottleneck = new FqBottleneck(frame, settings, prediction);
    Graph graph = new Graph();
    SDVariable images = graph.input("images", BATCH, 3, SIZE, SIZE);
    FeatureMap trunk = Architecture.VQGAN.trunk(frame, graph, images, BATCH, SIZE);
    Objective objective = new Objective();
    Parameters[] holder = new Parameters[1];
    SDVariable decoded =
        Architecture.VQGAN
            .images(frame, bottleneck.train(images, trunk, objective, () -> holder[0]))
            .channelsFirst();
    SDVariable error = decoded.sub(images);
    SDVariable loss = objective.total().add(error.mul(error).mean());
    try (Parameters parameters = Parameters.initialize(graph, 1)) {
      holder[0] = parameters;
      load(golden, parameters);
      SDVariable[] wanted = objective.outputs();
      try (Execution plan =
          Executors.chosen()
              .compile(
                  Program.training(graph, loss, all(wanted, decoded, predicted[0])), parameters)) {
        plan.set(
            "images",
            Nd4j.createFromArray(golden.array("x").floats()).reshape(BATCH, 3, SIZE, SIZE));
        plan.run();
        golden.expect("decoded", plan.floats(decoded));
        golden.expect("semantic_feat", plan.floats(predicted[0]));
        golden.expect("indices_vis", plan.integers("quantize_vis.indices"));
        golden.expect("indices_sem", plan.integers("quantize_sem.indices"));
        Map<String, SDVariable> terms = objective.terms();
        golden.expectScalar("loss", plan.number(loss));
        golden.expectScalar("disentangle_loss", 0.1 * plan.number(terms.get("disentanglement")));
        for (Branch branch : Branch.of(2)) {
          golden.expectScalar(
              "emb_loss_" + branch.suffix(),
              plan.number(terms.get(branch.name() + "-codebook")),
              0.25 * plan.number(terms.get(branch.name() + "-commitment")),
              0.03 * plan.number(terms.get(branch.name() + "-entropy")));
        }
        for (String name : golden.gradients()) {
          golden.expectGradient(name, Floats.all(parameters.gradient(name)));
        }
      }
      decodeCodes(golden, frame, bottleneck, parameters);
    }
  }

  private static SDVariable addPrediction(FeatureMap trunk, SDVariable codes, Objective objective) {
    PredictionHead head = new PredictionHead(trunk.graph(), BATCH, GRID * GRID, 8, WIDTH, 1, HEADS);
    SDVariable rows = head.apply("feat_pred_head", codes);
    SDVariable token = head.classToken(rows);
    objective.add("prediction", token.mul(token).mean(), 1);
    return rows;
  }

  private static SDVariable[] all(SDVariable[] some, SDVariable... more) {
    SDVariable[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private static void load(GoldenCase golden, Parameters parameters) throws IOException {
    try (WeightFile weights = WeightFile.open(golden.file("weights.safetensors"))) {
      for (String name : weights.names()) {
        float[] values = weights.read(name);
        Floats.of(parameters.get(name)).write(0, values, values.length);
      }
    }
  }

  /** From the reference's indices: each branch's codes and the reconstruction. */
  private static void decodeCodes(
      GoldenCase golden, AutoencoderSettings frame, FqBottleneck bottleneck, Parameters trained) {
    Graph graph = new Graph();
    int count = BATCH * GRID * GRID;
    List<SDVariable> indices = List.of(graph.integers("vis", count), graph.integers("sem", count));
    SDVariable decoded =
        Architecture.VQGAN
            .images(frame, bottleneck.decode(graph, indices, BATCH, GRID, GRID))
            .channelsFirst();
    try (Parameters parameters = Parameters.initialize(graph, 1)) {
      parameters.names().forEach(name -> parameters.get(name).assign(trained.get(name)));
      try (Execution plan =
          Executors.chosen().compile(Program.forward(graph, decoded), parameters)) {
        for (String branch : List.of("vis", "sem")) {
          double[] given = golden.array("indices_" + branch).doubles();
          plan.set(branch, Arrays.stream(given).mapToInt(each -> (int) each).toArray());
        }
        plan.run();
        golden.expect("decoded_from_codes", plan.floats(decoded));
      }
    }
    golden.leaveOut("the codes are those of the decoded image", "quant_sem", "quant_vis");
  }
}
