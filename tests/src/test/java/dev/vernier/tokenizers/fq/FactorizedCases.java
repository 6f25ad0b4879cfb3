package dev.vernier.tokenizers.fq;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.spi.support.graph.Graph;
import dev.vernier.spi.support.graph.Parameters;
import dev.vernier.spi.support.graph.Plan;
import dev.vernier.spi.support.graph.kernels.Floats;
import dev.vernier.tests.golden.BlockCases;
import dev.vernier.tests.golden.GoldenCase;
import dev.vernier.tests.golden.GoldenHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
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
        golden -> BlockCases.check(golden, x -> FactorizedAdapter.apply("block", x, 2, 4)),
        "disentangle",
        FactorizedCases::disentanglement);
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
    SDVariable loss = Disentanglement.of(codes).mul(RATIO);
    try (Parameters parameters = Parameters.initialize(graph, 1)) {
      for (int j = 0; j < branches.size(); j++) {
        try (INDArray gradient = Nd4j.create(DataType.FLOAT, inputs.get(j).getShape());
            Plan plan =
                Plan.inputGradient(graph, parameters, loss, inputs.get(j), gradient, loss)) {
          for (String branch : branches) {
            NumpyArray array = golden.array("quant_" + branch);
            plan.set(branch, Nd4j.createFromArray(array.floats()).reshape('c', array.shape()));
          }
          plan.run();
          golden.expect("grad_" + kind + "_" + branches.get(j), Floats.all(gradient));
          golden.expectScalar("loss_" + kind, plan.get(loss).getDouble(0));
        }
      }
    }
  }
}
