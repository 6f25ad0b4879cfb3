package dev.vernier.engine.program;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What is computed from the inputs and parameters of a graph: values of some of its variables, and
 * gradients of a loss. Knows shapes and the order of the work, and nothing of the device that does
 * it; an executor makes it ready to run. What is laid into the graph afterwards changes nothing of
 * it.
 */
public final class Program {
  private final Graph graph;
  private final Optional<Differentiation> differentiation;
  private final Map<String, long[]> inputs;
  private final List<String> parameters;
  private final Map<String, String> carried;
  private final List<Graph.Applied> applied;
  private final List<Graph.Hosted> hostSteps;
  private final List<String> outputs;
  private final Map<String, String> gradients;
  private final boolean inference;

  private Program(
      Graph graph,
      Optional<Differentiation> differentiation,
      List<String> outputs,
      Map<String, String> gradients,
      boolean inference) {
    this.graph = graph;
    this.differentiation = differentiation;
    this.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(graph.inputs()));
    this.parameters = List.copyOf(graph.parameters().keySet());
    this.carried = Collections.unmodifiableMap(new LinkedHashMap<>(graph.carried()));
    this.applied = List.copyOf(graph.applied());
    this.hostSteps = List.copyOf(graph.hostSteps());
    this.outputs = List.copyOf(outputs);
    this.gradients = Collections.unmodifiableMap(new LinkedHashMap<>(gradients));
    this.inference = inference;
  }

  /** A program that computes outputs from inputs and parameters. */
  public static Program forward(Graph graph, SDVariable... outputs) {
    return new Program(graph, Optional.empty(), names(outputs), Map.of(), false);
  }

  /**
   * The same with parameters that stay as they are once it is compiled: an executor may keep them
   * in a layout of its own.
   */
  public static Program inference(Graph graph, SDVariable... outputs) {
    return new Program(graph, Optional.empty(), names(outputs), Map.of(), true);
  }

  /**
   * A program that computes outputs and the gradient of a loss with respect to every trained
   * parameter of the graph, which a run leaves in {@link Parameters#gradients()}; where the loss
   * does not depend on a parameter, its gradient there stays untouched.
   *
   * @param loss a scalar
   * @param outputs what else to compute
   */
  public static Program training(Graph graph, SDVariable loss, SDVariable... outputs) {
    List<String> trained = graph.trained();
    Differentiation differentiation = new Differentiation(graph.sameDiff(), loss, trained);
    Map<String, String> gradients = new LinkedHashMap<>();
    trained.forEach(
        name ->
            differentiation.gradientOf(name).ifPresent(gradient -> gradients.put(gradient, name)));
    return new Program(
        graph,
        Optional.of(differentiation),
        Stream.concat(Stream.of(loss.name()), names(outputs).stream()).distinct().toList(),
        gradients,
        false);
  }

  /**
   * A program that computes the gradient of a loss with respect to an input, and outputs.
   *
   * @param loss a scalar that depends on the input
   */
  public static Program inputGradient(
      Graph graph, SDVariable loss, SDVariable input, SDVariable... outputs) {
    Differentiation differentiation =
        new Differentiation(graph.sameDiff(), loss, List.of(input.name()));
    String gradient =
        differentiation
            .gradientOf(input.name())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        loss.name() + " does not depend on " + input.name()));
    return new Program(
        graph,
        Optional.of(differentiation),
        Stream.concat(Stream.of(loss.name(), gradient), names(outputs).stream())
            .distinct()
            .toList(),
        Map.of(),
        false);
  }

  private static List<String> names(SDVariable... variables) {
    return Arrays.stream(variables).map(SDVariable::name).toList();
  }

  /**
   * The variables and operations, those of the backward pass included, and those of any other
   * program of the same graph.
   */
  public SameDiff definition() {
    return graph.sameDiff();
  }

  /** Shapes of the inputs, which are no parameters, by name. */
  public Map<String, long[]> inputs() {
    return inputs;
  }

  /** Names of the parameters. */
  public List<String> parameters() {
    return parameters;
  }

  /** Whether the parameters stay as they are when it is compiled. */
  public boolean isInference() {
    return inference;
  }

  /**
   * Called by whoever compiles it, before anything else: the constants stay while it is held.
   *
   * @throws IllegalStateException if they are gone, since all that held a program of this graph
   *     have released it
   */
  public void hold() {
    graph.hold();
  }

  /** Called when what {@link #hold} was called for is closed. The last one frees the constants. */
  public void release() {
    graph.release();
  }

  /** Names of the variables whose values are wanted. */
  public List<String> outputs() {
    return outputs;
  }

  /** The parameter whose gradient a variable is, by the variable's name. */
  public Map<String, String> gradients() {
    return gradients;
  }

  /** The input that a variable is the next value of, by the variable's name. */
  public Map<String, String> carried() {
    return carried;
  }

  /**
   * The name of a variable of the graph that this was made of.
   *
   * @throws IllegalArgumentException if it is another graph's
   */
  @SuppressWarnings("ReferenceEquality") // variables of two graphs may be equal
  public String nameOf(SDVariable variable) {
    String name = variable.name();
    if (graph.sameDiff().getVariable(name) != variable) {
      throw new IllegalArgumentException(name + " belongs to another graph than this program's");
    }
    return name;
  }

  /**
   * The name of the output that is the gradient with respect to an input.
   *
   * @throws IllegalArgumentException if this program does not compute it
   */
  public String gradientOf(SDVariable input) {
    return differentiation
        .flatMap(each -> each.gradientOf(nameOf(input)))
        .filter(outputs::contains)
        .orElseThrow(
            () -> new IllegalArgumentException("no gradient of " + input.name() + " is computed"));
  }

  /**
   * The work that outputs and gradients need, each unit after those it depends on.
   *
   * @param whole operations that are one unit of work; the others are composed
   */
  public List<Node> schedule(Predicate<Operation> whole) {
    return new Schedule(applied, hostSteps, definition(), differentiation, whole)
        .forTargets(
            Stream.of(outputs, gradients.keySet(), carried.keySet())
                .flatMap(Collection::stream)
                .toList());
  }
}
