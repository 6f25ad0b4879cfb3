package dev.vernier.engine.nd4j;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseOp;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.impl.reduce.floating.Mean;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** One ND4J operation with its arguments set once, to be executed again and again. */
public final class Call implements AutoCloseable {
  /** Reductions that give a value back where there is but one. */
  private static final Set<Class<?>> KEEPING_SINGLE_VALUES = Set.of(Sum.class, Mean.class);

  private final DifferentialFunction function;
  private final OpContext context = Nd4j.getExecutioner().buildContext();
  private boolean copies;

  /**
   * Sets the inputs, which stay the caller's, as do the results.
   *
   * @throws IllegalArgumentException if the operation is of a kind that has no place in a fixed
   *     execution, such as a loop
   */
  public Call(DifferentialFunction function, INDArray... inputs) {
    this.function = function;
    if (function instanceof DynamicCustomOp op) {
      context.setArgs(inputs, op.iArgs(), op.dArgs(), op.tArgs(), op.bArgs());
    } else if (function instanceof Op op) {
      setLegacyInputs(op, inputs);
    } else {
      throw new IllegalArgumentException("an execution cannot run operation " + function.opName());
    }
  }

  /**
   * The operations from before ND4J's custom ones take axes and scalars as fields, not as inputs.
   */
  private void setLegacyInputs(Op op, INDArray[] inputs) {
    context.setInputArray(0, inputs[0]);
    if (inputs.length < 2) {
      return;
    }
    if (reduces()) {
      function.setDimensions(Shape.normalizeAxis(inputs[0].rank(), inputs[1].toIntVector()));
      ((BaseReduceOp) op).setEmptyReduce(false);
    } else if (op instanceof ScalarOp scalar) {
      scalar.setScalar(inputs[1]);
    } else {
      context.setInputArray(1, inputs[1]);
    }
  }

  private boolean reduces() {
    return function instanceof ReduceOp reduce && reduce.getOpType() != Op.Type.REDUCE3;
  }

  /** Shapes and types of the results, the types as SameDiff declares them. */
  List<LongShapeDescriptor> outputShapes(SameDiff definition, List<String> outputs) {
    List<LongShapeDescriptor> shapes =
        function instanceof CustomOp custom
            ? ((DynamicCustomOp) custom).calculateOutputShape(context)
            : ((BaseOp) function).calculateOutputShape(context);
    if (shapes.size() != outputs.size()) {
      throw new IllegalStateException(
          function.opName() + " gives " + shapes.size() + " results, not " + outputs);
    }
    LongShapeDescriptor[] typed = new LongShapeDescriptor[shapes.size()];
    Arrays.setAll(
        typed, i -> shapes.get(i).asDataType(definition.getVariable(outputs.get(i)).dataType()));
    return List.of(typed);
  }

  /**
   * Sets where a result goes.
   *
   * @throws IllegalArgumentException if the operation reduces along axes of length 1 and is not
   *     known to give single values back
   */
  public void output(int index, INDArray array) {
    context.setOutputArray(index, array);
    copies = reduces() && array.length() == context.getInputArrays().get(0).length();
    if (copies && !KEEPING_SINGLE_VALUES.contains(function.getClass())) {
      throw new IllegalArgumentException(
          "an execution cannot run " + function.opName() + " along axes of length 1");
    }
  }

  /** Computes the results from what the inputs hold now. */
  public void execute() {
    if (copies) {
      // ND4J passes such reductions over and would look for arrays that only the context has.
      INDArray output = context.getOutputArrays().get(0);
      output.assign(context.getInputArrays().get(0).reshape(output.shape()));
    } else if (function instanceof CustomOp custom) {
      Nd4j.getExecutioner().exec(custom, context);
    } else {
      Nd4j.getExecutioner().exec((Op) function, context);
    }
  }

  @Override
  public void close() {
    try {
      context.close();
    } catch (Exception e) {
      throw new IllegalStateException(
          "ND4J did not release the context of " + function.opName(), e);
    }
  }
}
