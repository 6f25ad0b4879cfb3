package dev.vernier.engine.onednn;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An ND4J operation that keeps its arguments bound as long as it is called with the same arrays, as
 * a plan does.
 */
final class BoundOperation {
  private final DynamicCustomOp operation;
  private final OpContext context = Nd4j.getExecutioner().buildContext();
  private INDArray[] inputs = {};
  private INDArray[] outputs = {};

  BoundOperation(String name, int... integerArguments) {
    operation = DynamicCustomOp.builder(name).addIntegerArguments(integerArguments).build();
    context.setIArguments(operation.iArgs());
  }

  void run(INDArray[] in, INDArray[] out) {
    if (!same(inputs, in) || !same(outputs, out)) {
      inputs = in.clone();
      outputs = out.clone();
      context.setInputArrays(inputs);
      context.setOutputArrays(outputs);
    }
    Nd4j.getExecutioner().exec(operation, context);
  }

  private static boolean same(INDArray[] bound, INDArray[] given) {
    return bound.length == given.length && Arrays.equals(bound, given, (a, b) -> a == b ? 0 : 1);
  }
}
