package dev.vernier.engine.nd4j;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The shape of every variable of a schedule, found before any memory is given out: operations are
 * asked for their output shapes with stand-ins that have the right shape and share one scratch
 * buffer. On the way two kinds of work turn out to be none: results that are fixed, such as a
 * shape, are computed here once; and results that are their input under another shape become
 * aliases of it.
 */
final class ShapeInference implements AutoCloseable {
  private static final Set<String> DEPEND_ON_SHAPES_ONLY =
      Set.of(
          "shape_of",
          "size",
          "size_at",
          "rank",
          "zeros_as",
          "ones_as",
          "zeroslike",
          "oneslike",
          "zeros_like",
          "ones_like");
  private static final Set<String> SAME_ELEMENTS =
      Set.of("identity", "stop_gradient", "reshape", "expand_dims", "squeeze");

  private final SameDiff definition;
  private final Map<String, INDArray> external = new HashMap<>();
  private final Map<String, INDArray> fixed = new HashMap<>();
  private final Map<String, LongShapeDescriptor> shapes = new HashMap<>();
  private final Map<String, String> aliasOf = new HashMap<>();
  private final Map<DataType, DataBuffer> scratch = new HashMap<>();

  ShapeInference(SameDiff definition) {
    this.definition = definition;
  }

  /**
   * Infers the shapes of a schedule.
   *
   * @param existing arrays that exist already: parameters and inputs
   */
  void infer(List<Node> schedule, Map<String, INDArray> existing) {
    external.putAll(existing);
    schedule.forEach(this::infer);
  }

  private void infer(Node node) {
    if (node instanceof Node.Primitive operation) {
      infer(operation);
    } else if (node instanceof Node.Forward || node instanceof Node.Backward) {
      for (int i = 0; i < node.writes().size(); i++) {
        if (node.writes().get(i) != null) {
          shapes.put(node.writes().get(i), shapeOfOperation(node, i));
        }
      }
    }
  }

  private LongShapeDescriptor shapeOfOperation(Node node, int index) {
    if (node instanceof Node.Backward backward) {
      return shape(backward.part().heads().get(index));
    }
    Graph.Applied part = ((Node.Forward) node).part();
    List<long[]> inputs = part.heads().stream().map(head -> shape(head).getShape()).toList();
    return LongShapeDescriptor.fromShape(part.operation().outputShape(inputs), DataType.FLOAT);
  }

  private void infer(Node.Primitive operation) {
    List<String> reads = operation.reads();
    List<String> writes = operation.writes();
    if (operation.label().equals("add_bp") && shape(reads.get(0)).equals(shape(reads.get(1)))) {
      writes.forEach(each -> alias(each, reads.get(2), shape(reads.get(2))));
      return;
    }
    // All stand-ins of an operation share one buffer, so it must not grow between them.
    reads.forEach(this::standIn);
    INDArray[] inputs = reads.stream().map(this::standIn).toArray(INDArray[]::new);
    try (Call call = new Call(operation.op().getOp(), inputs)) {
      List<LongShapeDescriptor> results = call.outputShapes(definition, writes);
      if (DEPEND_ON_SHAPES_ONLY.contains(operation.label())
          || reads.stream().allMatch(this::isFixed)) {
        compute(call, writes, results);
      } else if (SAME_ELEMENTS.contains(operation.label())) {
        alias(writes.get(0), reads.get(0), results.get(0));
      } else {
        for (int i = 0; i < writes.size(); i++) {
          shapes.put(writes.get(i), results.get(i));
        }
      }
    }
  }

  private void alias(String name, String of, LongShapeDescriptor shape) {
    aliasOf.put(name, of);
    shapes.put(name, shape);
  }

  private void compute(Call call, List<String> writes, List<LongShapeDescriptor> results) {
    for (int i = 0; i < writes.size(); i++) {
      INDArray result = Nd4j.create(results.get(i));
      fixed.put(writes.get(i), result);
      call.output(i, result);
    }
    call.execute();
  }

  /** Whether a variable's value never changes. */
  boolean isFixed(String name) {
    return fixed.containsKey(name) || (!external.containsKey(name) && isConstant(name));
  }

  private boolean isConstant(String name) {
    return definition.getVariable(name).isConstant();
  }

  private INDArray standIn(String name) {
    if (external.containsKey(name)) {
      return external.get(name);
    }
    if (isFixed(name)) {
      return fixedArray(name);
    }
    LongShapeDescriptor shape = shape(name);
    long length = Arrays.stream(shape.getShape()).reduce(1, (a, b) -> a * b);
    DataBuffer buffer = scratch.get(shape.dataType());
    if (buffer == null || buffer.length() < length) {
      buffer = Nd4j.createBuffer(shape.dataType(), Math.max(length, 1), false);
      DataBuffer smaller = scratch.put(shape.dataType(), buffer);
      if (smaller != null) {
        smaller.close();
      }
    }
    return Arena.array(buffer, shape.getShape());
  }

  /** Shape and type of a variable. */
  LongShapeDescriptor shape(String name) {
    LongShapeDescriptor shape = shapes.get(name);
    return shape != null ? shape : standIn(name).shapeDescriptor();
  }

  /** Whether the execution needs no work for this node: its results are fixed, or aliases. */
  boolean isDone(Node node) {
    return node.written().stream()
        .allMatch(each -> fixed.containsKey(each) || aliasOf.containsKey(each));
  }

  /** The variable whose memory this one uses. */
  String root(String name) {
    String root = name;
    while (aliasOf.containsKey(root)) {
      root = aliasOf.get(root);
    }
    return root;
  }

  /** The array of a variable whose value never changes; this object's or the graph's own. */
  INDArray fixedArray(String root) {
    INDArray computed = fixed.get(root);
    return computed != null ? computed : definition.getVariable(root).getArr();
  }

  /** Frees the scratch memory; fixed arrays live on until {@link #close}. */
  void releaseScratch() {
    scratch.values().forEach(DataBuffer::close);
    scratch.clear();
  }

  @Override
  public void close() {
    releaseScratch();
    fixed.values().stream().filter(INDArray::closeable).forEach(INDArray::close);
    fixed.clear();
  }
}
