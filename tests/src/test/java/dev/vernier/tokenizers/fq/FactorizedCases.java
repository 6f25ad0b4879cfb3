package dev.vernier.tokenizers.fq;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.harness.onnx.OnnxProvider;
import dev.vernier.spi.FeatureContext;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.Features;
import dev.vernier.spi.Settings;
import dev.vernier.tests.golden.BlockCases;
import dev.vernier.tests.golden.GoldenCase;
import dev.vernier.tests.golden.GoldenHandler;
import dev.vernier.tests.onnx.OnnxGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** FQGAN's blocks and losses; in their package, since they are not public. */
public final class FactorizedCases {
  private static final double RATIO = 0.1;

  private FactorizedCases() {}

  /** Handlers by case name. */
  public static Map<String, GoldenHandler> handlers() {
    return Map.of(
        "block_factorized_adapter",
        golden ->
            BlockCases.check(
                golden,
                x ->
                    FactorizedAdapter.apply(
                            "block", x, golden.count("layers"), golden.count("heads"))
                        .channelsFirst()),
        "block_feat_pred_head",
        golden -> BlockCases.check(golden, x -> predicted(golden, x)),
        "disentangle",
        FactorizedCases::disentanglement,
        "infonce",
        FactorizedCases::infoNce);
  }

  private static SDVariable predicted(GoldenCase golden, FeatureMap x) {
    int width = golden.count("width");
    PredictionHead head =
        new PredictionHead(
            x.graph(),
            x.batch(),
            x.area(),
            x.channels(),
            width,
            golden.count("layers"),
            golden.count("heads"));
    SDVariable rows = head.apply("block", x.rows());
    return rows.reshape(x.batch(), 1 + x.area(), width);
  }

  private static void infoNce(GoldenCase golden) throws IOException {
    infoNce(golden, "clip");
    infoNce(golden, "dino");
    scaling(golden, "scaling_clip_every28", "clip");
    scaling(golden, "scaling_dino_every28", "imagenet");
  }

  /** What teachers are shown: the patches of a model that gives every 28th pixel back. */
  private static void scaling(GoldenCase golden, String output, String normalization)
      throws IOException {
    Path file = Files.createTempFile("every28", ".onnx");
    new OnnxGraph()
        .input("image", 1, 3, 224, 224)
        .windows("MaxPool", List.of("image"), "pixels", 1, 28)
        .output("pixels", 1, 3, 8, 8)
        .write(file);
    OnnxProvider provider = new OnnxProvider();
    Settings settings =
        Settings.of(
            provider.settings(), Map.of("file", file.toString(), "normalization", normalization));
    try (FeatureExtractor teacher =
            provider.open(settings, new FeatureContext(null, 1, file.getParent(), line -> {}));
        INDArray images = golden.tensor("scaling_image");
        Features features = teacher.extract(images)) {
      golden.expect(output, Floats.all(features.spatial().orElseThrow()));
    } finally {
      Files.delete(file);
    }
  }

  private static void infoNce(GoldenCase golden, String teacher) {
    String predicted = "semantic_feat_" + teacher;
    int[] shape = golden.array(predicted).shape();
    float[] features = golden.array("visual_" + teacher).floats();
    Graph graph = new Graph();
    SDVariable input = graph.input("predicted", shape[0], shape[1], shape[2]);
    SDVariable target = graph.input("features", shape[0], shape[2]);
    SDVariable tokens =
        graph
            .sameDiff()
            .slice(input, new int[] {0, 0, 0}, shape[0], 1, shape[2])
            .reshape(shape[0], shape[2]);
    SDVariable loss = InfoNce.of(tokens, target, shape[0]);
    try (Parameters parameters = Parameters.initialize(graph, 1);
        Execution execution =
            Executors.chosen()
                .compile(Program.inputGradient(graph, loss, input, loss), parameters)) {
      execution.set(input, golden.tensor(predicted));
      execution.set(target, Nd4j.createFromArray(features).reshape('c', shape[0], shape[2]));
      execution.run();
      golden.expect("grad_semantic_feat_" + teacher, execution.gradient(input));
      golden.expectScalar("loss_" + teacher, execution.number(loss));
    }
  }

  private static void disentanglement(GoldenCase golden) {
    disentanglement(golden, "dual", List.of("vis", "sem_mid"));
    disentanglement(golden, "triple", List.of("vis", "sem_mid", "sem_high"));
  }

  private static void disentanglement(GoldenCase golden, String kind, List<String> branches) {
    Graph graph = new Graph();
    List<SDVariable> inputs = new ArrayList<>();
    List<SDVariable> codes = new ArrayList<>();
    for (String branch : branches) {
      int[] shape = golden.array("quant_" + branch).shape();
      SDVariable input = graph.input(branch, shape[0], shape[1], shape[2], shape[3]);
      inputs.add(input);
      codes.add(input.permute(0, 2, 3, 1).reshape((long) shape[0] * shape[2] * shape[3], shape[1]));
    }
    SDVariable loss = Disentanglement.of(codes).mul(golden.number("disentanglement_ratio", RATIO));
    try (Parameters parameters = Parameters.initialize(graph, 1)) {
      for (int j = 0; j < branches.size(); j++) {
        try (Execution execution =
            Executors.chosen()
                .compile(Program.inputGradient(graph, loss, inputs.get(j), loss), parameters)) {
          for (int i = 0; i < branches.size(); i++) {
            execution.set(inputs.get(i), golden.tensor("quant_" + branches.get(i)));
          }
          execution.run();
          golden.expect("grad_" + kind + "_" + branches.get(j), execution.gradient(inputs.get(j)));
          golden.expectScalar("loss_" + kind, execution.number(loss));
        }
      }
    }
  }
}
