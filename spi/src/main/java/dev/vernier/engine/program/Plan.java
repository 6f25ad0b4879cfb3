package dev.vernier.engine.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph made ready to run again and again: every array laid out and every operation's arguments
 * set once, so that a run allocates nothing. Arrays whose lives do not overlap share memory. On the
 * CPU, fused kernels stand in for their parts of the graph.
 *
 * <p>Set the inputs, run, read the outputs; not safe for use by several threads at once. Parameters
 * are read, and their gradients written, in place.
 */
public final class Plan implements AutoCloseable {
  private final Map<String, INDArray> inputs = new LinkedHashMap<>();
  private final Map<String, INDArray> arrays = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final Arena arena = new Arena();
  private final Layout layout;
  private final Profile profile = new Profile();

  private Plan(
      Graph graph,
      Parameters parameters,
      SameDiff definition,
      Optional<Differentiation> differentiation,
      List<String> outputs,
      Map<String, INDArray> gradients,
      boolean kernels) {
    Map<String, INDArray> external = new HashMap<>();
    graph.parameters().keySet().forEach(name -> external.put(name, parameters.get(name)));
    graph
        .inputs()
        .forEach(
            (name, shape) ->
                inputs.put(name, Nd4j.create(definition.getVariable(name).dataType(), shape)));
    external.putAll(inputs);

    List<String> targets = Stream.concat(outputs.stream(), gradients.keySet().stream()).toList();
    List<Node> schedule =
        new Schedule(graph, definition, differentiation, kernels).forTargets(targets);
    layout = new Layout(definition, schedule, external);
    List<Node> work = schedule.stream().filter(node -> !layout.isDone(node)).toList();
    arrays.putAll(new Placement(layout, work, external, targets, gradients, arena).arrays());
    layout.releaseScratch();
    work.forEach(node -> steps.add(step(node)));
    gradients.forEach(
        (name, target) -> {
          INDArray source = array(name);
          if (source.data().address() != target.data().address()) {
            steps.add(new Step("copy gradient", () -> target.assign(source)));
          }
        });
    outputs.forEach(this::array);
  }

  /** A plan that computes outputs from inputs and parameters. */
  public static Plan forward(Graph graph, Parameters parameters, SDVariable... outputs) {
    return forward(graph, parameters, Nd4j.getEnvironment().isCPU(), outputs);
  }

  /** The same with or without fused kernels. */
  static Plan forward(Graph graph, Parameters parameters, boolean kernels, SDVariable... outputs) {
    return new Plan(
        graph, parameters, graph.sameDiff(), Optional.empty(), names(outputs), Map.of(), kernels);
  }

  /**
   * A plan that computes outputs and the gradient of a loss with respect to every trained parameter
   * of the graph, which {@link #run()} leaves in {@link Parameters#gradients()}; where the loss
   * does not depend on a parameter, its gradient there stays untouched.
   *
   * @param loss a scalar
   * @param outputs what else to compute
   */
  public static Plan training(
      Graph graph, Parameters parameters, SDVariable loss, SDVariable... outputs) {
    return training(graph, parameters, Nd4j.getEnvironment().isCPU(), loss, outputs);
  }

  /** The same with or without fused kernels. */
  static Plan training(
      Graph graph, Parameters parameters, boolean kernels, SDVariable loss, SDVariable... outputs) {
    List<String> trained = graph.trained();
    Differentiation differentiation = new Differentiation(graph.sameDiff(), loss.name(), trained);
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    trained.forEach(
        name ->
            differentiation
                .gradientOf(name)
                .ifPresent(gradient -> gradients.put(gradient, parameters.gradient(name))));
    List<String> all =
        Stream.concat(Stream.of(loss.name()), names(outputs).stream()).distinct().toList();
    return new Plan(
        graph,
        parameters,
        differentiation.definition(),
        Optional.of(differentiation),
        all,
        gradients,
        kernels);
  }

  /**
   * A plan that computes the gradient of a loss with respect to an input, and outputs.
   *
   * @param target takes the gradient; the input's shape, 'c' order; stays the caller's and must
   *     outlive the plan
   */
  public static Plan inputGradient(
      Graph graph,
      Parameters parameters,
      SDVariable loss,
      SDVariable input,
      INDArray target,
      SDVariable... outputs) {
    Differentiation differentiation =
        new Differentiation(graph.sameDiff(), loss.name(), List.of(input.name()));
    String gradient =
        differentiation
            .gradientOf(input.name())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        loss.name() + " does not depend on " + input.name()));
    List<String> all =
        Stream.concat(Stream.of(loss.name()), names(outputs).stream()).distinct().toList();
    return new Plan(
        graph,
        parameters,
        differentiation.definition(),
        Optional.of(differentiation),
        all,
        Map.of(gradient, target),
        Nd4j.getEnvironment().isCPU());
  }

  private static List<String> names(SDVariable... variables) {
    return Arrays.stream(variables).map(SDVariable::name).toList();
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
      return () -> forward.part().kernel().forward(reads, writes[0]);
    }
    if (node instanceof Node.Backward backward) {
      int heads = backward.part().heads().size();
      INDArray[] headArrays = Arrays.copyOf(reads, heads);
      return () ->
          backward.part().kernel().backward(headArrays, reads[heads], reads[heads + 1], writes);
    }
    if (node instanceof Node.Host host) {
      return () -> host.hosted().step().run(reads, writes);
    }
    Call call = new Call(((Node.Operation) node).op().getOp(), reads);
    for (int i = 0; i < writes.length; i++) {
      call.output(i, writes[i]);
    }
    calls.add(call);
    return call::execute;
  }

  /** The array of any variable, a view of its root's where it is an alias. */
  private INDArray array(String name) {
    return arrays.computeIfAbsent(
        name,
        alias -> {
          String root = layout.root(alias);
          INDArray array = arrays.containsKey(root) ? arrays.get(root) : layout.fixedArray(root);
          long[] shape = layout.shapeOf(alias).getShape();
          return Arrays.equals(array.shape(), shape) ? array : reshaped(array, shape);
        });
  }

  static INDArray reshaped(INDArray array, long[] shape) {
    DataBuffer data = array.data();
    return Nd4j.create(data, shape, Nd4j.getStrides(shape, 'c'), 0, 'c');
  }

  /**
   * Sets an input.
   *
   * @param value copied; of the input's shape
   */
  public void set(SDVariable input, INDArray value) {
    set(input.name(), value);
  }

  /** Sets an input by name. */
  public void set(String input, INDArray value) {
    INDArray target = inputs.get(input);
    if (target == null || !Arrays.equals(target.shape(), value.shape())) {
      throw new IllegalArgumentException(
          "input "
              + input
              + " of shape "
              + Arrays.toString(value.shape())
              + " does not fit "
              + (target == null ? inputs.keySet().toString() : Arrays.toString(target.shape())));
    }
    target.assign(value);
  }

  /** Computes everything once. */
  public void run() {
    for (Step step : steps) {
      long start = System.nanoTime();
      step.work().run();
      profile.add(step.label(), System.nanoTime() - start);
    }
    profile.endRun();
  }

  /** An output's array: the plan's own, valid until the next run; not to be closed. */
  public INDArray get(SDVariable output) {
    return get(output.name());
  }

  /**
   * An input's or output's array by name: the plan's own, valid until the next run; not to be
   * closed.
   */
  public INDArray get(String name) {
    INDArray array = inputs.containsKey(name) ? inputs.get(name) : arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(name + " is no output of this plan");
    }
    return array;
  }

  /** Where the time went, over all runs. */
  public Profile profile() {
    return profile;
  }

  /** Native memory that the plan holds for intermediate results, in bytes. */
  public long workingBytes() {
    return arena.bytes();
  }

  @Override
  public void close() {
    calls.forEach(Call::close);
    arena.close();
    layout.close();
    inputs.values().forEach(INDArray::close);
  }

  private record Step(String label, Runnable work) {}
}
