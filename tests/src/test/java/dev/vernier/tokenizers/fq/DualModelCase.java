package dev.vernier.tokenizers.fq;

import dev.vernier.autoencoder.Architecture;
import dev.vernier.autoencoder.AutoencoderSettings;
import dev.vernier.autoencoder.Objective;
import dev.vernier.autoencoder.Passage;
import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.quantize.VqSettings;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.tests.golden.GoldenCase;
import dev.vernier.tests.golden.GoldenHandler;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;

/** A whole small FQGAN-Dual: codes, reconstruction, every loss and every gradient. */
public final class DualModelCase {
  private static final int GROUPS = 32;
  private static final int HEADS = 4;

  private final GoldenCase golden;
  private final int batch;
  private final int height;
  private final int width;
  private final Map<String, long[]> shapes;

  private DualModelCase(GoldenCase golden) throws IOException {
    this.golden = golden;
    int[] shape = golden.array("x").shape();
    this.batch = shape[0];
    this.height = shape[2];
    this.width = shape[3];
    this.shapes = new HashMap<>();
    try (WeightFile weights = WeightFile.open(golden.file("weights.safetensors"))) {
      weights.names().forEach(name -> shapes.put(name, weights.shape(name)));
    }
  }

  /** Handlers by case name. */
  public static Map<String, GoldenHandler> handlers() {
    return Map.of("vqmodel_dual_tiny", golden -> new DualModelCase(golden).check());
  }

  /** How many numbers stand in for {@code #} in the names of arrays, from 0 on. */
  private int counted(String pattern) {
    Pattern names = Pattern.compile(pattern.replace(".", "\\.").replace("#", "(\\d+)") + ".*");
    return shapes.keySet().stream()
        .map(names::matcher)
        .filter(Matcher::matches)
        .mapToInt(name -> Integer.parseInt(name.group(1)) + 1)
        .max()
        .orElse(0);
  }

  private int channels() {
    return golden.count("ch");
  }

  private int levels() {
    return counted("encoder.conv_blocks.#.res.");
  }

  private int gridHeight() {
    return height >> (levels() - 1);
  }

  private int gridWidth() {
    return width >> (levels() - 1);
  }

  private AutoencoderSettings frame() {
    String multipliers =
        IntStream.range(0, levels())
            .mapToLong(
                level -> shapes.get("encoder.conv_blocks." + level + ".res.0.conv2.weight")[0])
            .mapToObj(width -> String.valueOf(width / channels()))
            .collect(Collectors.joining(","));
    Map<String, String> given =
        Map.of(
            "channels", String.valueOf(channels()),
            "multipliers", multipliers,
            "residual-blocks", String.valueOf(counted("encoder.conv_blocks.0.res.#.")),
            "z-channels", String.valueOf(golden.count("z")),
            "groups", String.valueOf(golden.count("groups", GROUPS)));
    return AutoencoderSettings.of(Settings.of(AutoencoderSettings.all(), given));
  }

  private double commitment() {
    return golden.number("beta", 0.25);
  }

  private double entropy() {
    return golden.number("entropy_loss_ratio", 0.03);
  }

  private double disentanglement() {
    return golden.number("disentanglement_ratio", 0.1);
  }

  private int heads() {
    return golden.count("heads", HEADS);
  }

  private VqSettings quantizer() {
    Map<String, String> given =
        Map.of(
            "codebook-size", String.valueOf(golden.count("K")),
            "code-dimension", String.valueOf(golden.count("d")),
            "commitment-weight", String.valueOf(commitment()),
            "entropy-ratio", String.valueOf(entropy()));
    return Settings.of(Setting.of(VqSettings.class), given).bind(VqSettings.class);
  }

  private void check() throws IOException {
    AutoencoderSettings frame = frame();
    FqSettings settings =
        new FqSettings(
            2,
            quantizer(),
            counted("encoder.visual_head.0.transformer.#."),
            heads(),
            disentanglement(),
            0,
            predictionLayers(),
            heads());
    SDVariable[] predicted = new SDVariable[1];
    CodeTerms prediction =
        (images, trunk, branches, codes, objective) ->
            predicted[0] = addPrediction(trunk, codes.get(1), objective);
    FqBottleneck bottleneck = new FqBottleneck(frame, settings, prediction);
    Graph graph = new Graph();
    SDVariable images = graph.input("images", batch, 3, height, width);
    FeatureMap trunk = Architecture.VQGAN.trunk(frame, FeatureMap.ofInput(graph, images));
    Objective objective = new Objective();
    Passage.Trained trained = bottleneck.train(images, trunk, objective, 1);
    trained.upkeep().close();
    SDVariable decoded =
        Architecture.VQGAN.decode(frame, trained.output()).images().channelsFirst();
    SDVariable error = decoded.sub(images);
    SDVariable loss = objective.total().add(error.mul(error).mean());
    try (Parameters parameters = Parameters.initialize(graph, 1)) {
      load(parameters);
      SDVariable[] wanted = objective.outputs();
      try (Execution execution =
          Executors.chosen()
              .compile(
                  Program.training(graph, loss, all(wanted, decoded, predicted[0])), parameters)) {
        execution.set(images, golden.tensor("x"));
        execution.run();
        golden.expect("decoded", execution.floats(decoded));
        golden.expect("semantic_feat", execution.floats(predicted[0]));
        golden.expect(
            "indices_vis",
            execution.integers(graph.sameDiff().getVariable("quantize_vis.indices")));
        golden.expect(
            "indices_sem",
            execution.integers(graph.sameDiff().getVariable("quantize_sem.indices")));
        Map<String, SDVariable> terms = objective.terms();
        golden.expectScalar("loss", execution.number(loss));
        golden.expectScalar(
            "disentangle_loss", disentanglement() * execution.number(terms.get("disentanglement")));
        for (Branch branch : Branch.of(2)) {
          golden.expectScalar(
              "emb_loss_" + branch.suffix(),
              execution.number(terms.get(branch.name() + "-codebook")),
              commitment() * execution.number(terms.get(branch.name() + "-commitment")),
              entropy() * execution.number(terms.get(branch.name() + "-entropy")));
        }
        for (String name : golden.gradients()) {
          golden.expectGradient(name, Floats.all(parameters.gradient(name)));
        }
      }
      decodeCodes(frame, bottleneck, parameters);
    }
  }

  private int predictionLayers() {
    return counted("feat_pred_head.transformer.#.");
  }

  private SDVariable addPrediction(FeatureMap trunk, SDVariable codes, Objective objective) {
    PredictionHead head =
        new PredictionHead(
            trunk.graph(),
            batch,
            trunk.area(),
            golden.count("d"),
            golden.array("semantic_feat").shape()[2],
            predictionLayers(),
            heads());
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

  private void load(Parameters parameters) throws IOException {
    try (WeightFile weights = WeightFile.open(golden.file("weights.safetensors"))) {
      for (String name : weights.names()) {
        float[] values = weights.read(name);
        Floats.of(parameters.get(name)).write(0, values, values.length);
      }
    }
  }

  /** From the reference's indices: each branch's codes and the reconstruction. */
  private void decodeCodes(AutoencoderSettings frame, FqBottleneck bottleneck, Parameters trained) {
    Graph graph = new Graph();
    int count = batch * gridHeight() * gridWidth();
    SDVariable visual = graph.integers("vis", count);
    SDVariable semantic = graph.integers("sem", count);
    List<SDVariable> indices = List.of(visual, semantic);
    SDVariable decoded =
        Architecture.VQGAN
            .decode(frame, bottleneck.decode(graph, indices, batch, gridHeight(), gridWidth()))
            .images()
            .channelsFirst();
    try (Parameters parameters = Parameters.initialize(graph, 1)) {
      parameters.names().forEach(name -> parameters.get(name).assign(trained.get(name)));
      try (Execution execution =
          Executors.chosen().compile(Program.forward(graph, decoded), parameters)) {
        execution.set(visual, given("indices_vis"));
        execution.set(semantic, given("indices_sem"));
        execution.run();
        golden.expect("decoded_from_codes", execution.floats(decoded));
      }
    }
    golden.leaveOut("the codes are those of the decoded image", "quant_sem", "quant_vis");
  }

  private int[] given(String array) {
    return Arrays.stream(golden.array(array).doubles()).mapToInt(each -> (int) each).toArray();
  }
}
