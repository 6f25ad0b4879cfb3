package dev.vernier.engine.nd4j;

import dev.vernier.engine.Execution;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Integers;
import dev.vernier.engine.program.Node;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Profile;
import dev.vernier.engine.program.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A program on ND4J: every array laid out and every operation's arguments set once, so that a run
 * allocates nothing. Arrays whose lives do not overlap share memory. Kernels stand in for the
 * operations they know.
 */
public final class Nd4jExecution implements Execution {
  private final Map<String, INDArray> inputs = new LinkedHashMap<>();
  private final Map<String, INDArray> arrays = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Kernel> bound = new ArrayList<>();
  private final Arena arena = new Arena();
  private final Program program;
  private final Kernels kernels;
  private final ShapeInference shapes;
  private final Profile profile = new Profile();

  /**
   * Lays several programs out that share their inputs by name.
   *
   * @param kernels makes the kernels of one program
   */
  public static List<Execution> all(
      List<Program> programs, Parameters parameters, Supplier<Kernels> kernels) {
    Map<String, INDArray> shared = new HashMap<>();
    List<Execution> executions = new ArrayList<>();
    try {
      for (Program program : programs) {
        executions.add(new Nd4jExecution(program, parameters, kernels.get(), shared));
      }
    } catch (RuntimeException | Error e) {
      executions.forEach(Execution::close);
      throw e;
    }
    return List.copyOf(executions);
  }

  /** Lays a program out. */
  Nd4jExecution(Program program, Parameters parameters, Kernels kernels) {
    this(program, parameters, kernels, new HashMap<>());
  }

  private Nd4jExecution(
      Program program, Parameters parameters, Kernels kernels, Map<String, INDArray> shared) {
    this.program = program;
    this.kernels = kernels;
    this.shapes = new ShapeInference(program.definition());
    program.hold();
    try {
      layOut(parameters, shared);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void layOut(Parameters parameters, Map<String, INDArray> shared) {
    Map<String, INDArray> external = new HashMap<>();
    program.parameters().forEach(name -> external.put(name, parameters.get(name)));
    program
        .inputs()
        .forEach(
            (name, shape) ->
                inputs.put(
                    name,
                    sameShape(
                        name,
                        shared.computeIfAbsent(name, first -> input(program, first, shape)),
                        shape)));
    external.putAll(inputs);

    Map<String, INDArray> wanted = new LinkedHashMap<>();
    program
        .gradients()
        .forEach((variable, name) -> wanted.put(variable, parameters.gradient(name)));
    program.carried().forEach((variable, input) -> wanted.put(variable, inputs.get(input)));
    List<String> targets =
        Stream.concat(program.outputs().stream(), wanted.keySet().stream()).toList();
    List<Node> schedule = program.schedule(kernels::has);
    shapes.infer(schedule, external);
    List<Node> work = schedule.stream().filter(node -> !shapes.isDone(node)).toList();
    arrays.putAll(new Placement(shapes, work, external, targets, wanted, arena).arrays());
    shapes.releaseScratch();
    work.forEach(node -> steps.add(step(node)));
    wanted.forEach(
        (name, target) -> {
          INDArray source = array(name);
          if (source.data() != target.data()) {
            steps.add(new Step("copy result", () -> target.assign(source)));
          }
        });
    program.outputs().forEach(this::array);
  }

  private static INDArray input(Program program, String name, long[] shape) {
    return Nd4j.create(program.definition().getVariable(name).dataType(), shape);
  }

  private static INDArray sameShape(String name, INDArray input, long[] shape) {
    if (!Arrays.equals(input.shape(), shape)) {
      throw new IllegalArgumentException(
          "input "
              + name
              + " is shared, and cannot have the shapes "
              + Arrays.toString(input.shape())
              + " and "
              + Arrays.toString(shape));
    }
    return input;
  }

  private Step step(Node node) {
    INDArray[] reads = node.reads().stream().map(this::array).toArray(INDArray[]::new);
    INDArray[] writes =
        node.writes().stream()
            .map(name -> name == null ? null : array(name))
            .toArray(INDArray[]::new);
    return new Step(node.label(), work(node, reads, writes));
  }

  private Runnable work(Node node, INDArray[] reads, INDArray[] writes) {
    if (node instanceof Node.Forward forward) {
      return bound(
          kernels.forward(
              forward.part().operation(), reads, constant(forward.part().heads()), writes[0]));
    }
    if (node instanceof Node.Backward backward) {
      int heads = backward.part().heads().size();
      return bound(
          kernels.backward(
              backward.part().operation(),
              Arrays.copyOf(reads, heads),
              constant(backward.part().heads()),
              reads[heads],
              reads[heads + 1],
              writes));
    }
    if (node instanceof Node.Host host) {
      return () -> host.hosted().step().run(reads, writes);
    }
    Call call = new Call(((Node.Primitive) node).op().getOp(), reads);
    for (int i = 0; i < writes.length; i++) {
      call.output(i, writes[i]);
    }
    calls.add(call);
    return call::execute;
  }

  /** Which variables already have their final values. */
  private boolean[] constant(List<String> variables) {
    boolean[] constant = new boolean[variables.size()];
    for (int i = 0; i < constant.length; i++) {
      String root = shapes.root(variables.get(i));
      constant[i] =
          shapes.isFixed(root) || (program.isInference() && program.parameters().contains(root));
    }
    return constant;
  }

  private Runnable bound(Kernel kernel) {
    bound.add(kernel);
    return kernel::run;
  }

  /** The array of any variable, a view of its root's where it is an alias. */
  private INDArray array(String name) {
    return arrays.computeIfAbsent(
        name,
        alias -> {
          String root = shapes.root(alias);
          INDArray array = arrays.containsKey(root) ? arrays.get(root) : shapes.fixedArray(root);
          long[] shape = shapes.shape(alias).getShape();
          return Arrays.equals(array.shape(), shape) ? array : Arena.array(array.data(), shape);
        });
  }

  @Override
  public void set(SDVariable input, INDArray value) {
    INDArray target = fitting(input, value.shape(), each -> Arrays.equals(each, value.shape()));
    target.assign(value);
  }

  @Override
  public void set(SDVariable input, float[] values) {
    Floats.of(fitting(input, values.length)).write(0, values, values.length);
  }

  @Override
  public void set(SDVariable input, int[] values) {
    Integers.write(fitting(input, values.length), values);
  }

  private INDArray fitting(SDVariable input, int count) {
    return fitting(
        input, new long[] {count}, each -> Arrays.stream(each).reduce(1, (a, b) -> a * b) == count);
  }

  /** An input that takes a value of some shape. */
  private INDArray fitting(SDVariable input, long[] given, Predicate<long[]> fits) {
    String name = program.nameOf(input);
    INDArray target = inputs.get(name);
    if (target == null) {
      throw new IllegalArgumentException(
          name + " is not an input of this program, which has " + inputs.keySet());
    }
    if (!fits.test(target.shape())) {
      throw new IllegalArgumentException(
          "a value of shape "
              + Arrays.toString(given)
              + " does not fit input "
              + name
              + " of shape "
              + Arrays.toString(target.shape()));
    }
    return target;
  }

  @Override
  public void run() {
    for (Step step : steps) {
      long start = System.nanoTime();
      step.work().run();
      profile.add(step.label(), System.nanoTime() - start);
    }
    profile.endRun();
  }

  @Override
  public float[] floats(SDVariable variable) {
    return Floats.all(known(program.nameOf(variable)));
  }

  @Override
  public int[] integers(SDVariable variable) {
    return Integers.read(known(program.nameOf(variable)));
  }

  @Override
  public INDArray readGradient(SDVariable input) {
    return known(program.gradientOf(input)).dup('c');
  }

  @Override
  public INDArray read(SDVariable variable) {
    return known(program.nameOf(variable)).dup('c');
  }

  /** An input's or output's array: this execution's own. */
  private INDArray known(String name) {
    // Anything between them shares memory with what came later.
    INDArray array = program.outputs().contains(name) ? arrays.get(name) : inputs.get(name);
    if (array == null) {
      throw new IllegalArgumentException(name + " is neither input nor output of this program");
    }
    return array;
  }

  @Override
  public Profile profile() {
    return profile;
  }

  @Override
  public long workingBytes() {
    return arena.bytes() + kernels.bytes();
  }

  @Override
  public void close() {
    calls.forEach(Call::close);
    bound.forEach(Kernel::close);
    kernels.close();
    arena.close();
    shapes.close();
    inputs.values().stream().filter(each -> !each.wasClosed()).forEach(INDArray::close);
    program.release();
  }

  private record Step(String label, Runnable work) {}
}
