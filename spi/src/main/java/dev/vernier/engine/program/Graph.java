package dev.vernier.engine.program;

import dev.vernier.engine.memory.Owned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.NameScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A SameDiff graph under definition, with what a {@link Program} needs beyond SameDiff: fixed
 * shapes, trained parameters, operations that an executor may have a kernel for, and Java steps in
 * its middle. Everything is defined before the first program is made of it, and variables are not
 * renamed. It owns its constants, and what its Java steps work with, which live as long as anything
 * compiled from it.
 */
public final class Graph {
  private final SameDiff sameDiff = definition();
  private final Map<String, long[]> inputs = new LinkedHashMap<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, String> carried = new LinkedHashMap<>();
  private final List<Applied> applied = new ArrayList<>();
  private final List<Hosted> hostSteps = new ArrayList<>();
  private final List<AutoCloseable> owned = new ArrayList<>();
  private FrozenWeights frozenWeights;
  private int holders;
  private boolean released;

  /** Holders that keep one array of each constant: those it begins with keep a second one. */
  private static SameDiff definition() {
    SameDiff definition = SameDiff.create();
    definition.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), false);
    return definition;
  }

  /** The graph as SameDiff knows it. */
  public SameDiff sameDiff() {
    return sameDiff;
  }

  /** A float input of fixed shape. */
  public SDVariable input(String name, long... shape) {
    return placeholder(name, DataType.FLOAT, shape);
  }

  /** An input of 32-bit integers of fixed shape. */
  public SDVariable integers(String name, long... shape) {
    return placeholder(name, DataType.INT32, shape);
  }

  private SDVariable placeholder(String name, DataType type, long... shape) {
    if (sameDiff.hasVariable(name)) {
      throw new IllegalArgumentException("the graph has a variable " + name + " already");
    }
    inputs.put(name, shape.clone());
    return sameDiff.placeHolder(name, type, shape);
  }

  /**
   * A trained parameter. To SameDiff it is a placeholder, so its values exist once, in {@link
   * Parameters}. Asked for again under the same name, the parameter is shared.
   *
   * @param name dotted path, as PyTorch would call it
   * @param initializer its first values
   * @param shape in PyTorch's layout: convolutions {@code [out, in, height, width]}, linear layers
   *     {@code [out, in]}
   */
  public SDVariable parameter(String name, Initializer initializer, long... shape) {
    if (frozenWeights != null) {
      return frozenWeights.variable(this, name, shape);
    }
    return parameter(name, new Parameter(shape.clone(), initializer, true));
  }

  /**
   * A parameter that is saved and loaded with the others but never trained: no gradient is computed
   * for it and no optimizer sees it, however large it is.
   *
   * @param name dotted path
   * @param initializer its values
   */
  public SDVariable fixedParameter(String name, Initializer initializer, long... shape) {
    return parameter(name, new Parameter(shape.clone(), initializer, false));
  }

  private SDVariable parameter(String name, Parameter parameter) {
    if (parameters.containsKey(name)) {
      parameters.get(name).requireShape(name, parameter.shape());
      return sameDiff.getVariable(name);
    }
    parameters.put(name, parameter);
    return sameDiff.placeHolder(name, DataType.FLOAT, parameter.shape());
  }

  /**
   * A value that is never trained.
   *
   * @param value copied; stays the caller's
   */
  public SDVariable frozen(String name, INDArray value) {
    return sameDiff.constant(name, value.dup('c'));
  }

  /**
   * The same from floats.
   *
   * @param values row-major, as many as the shape has
   */
  public SDVariable frozen(String name, float[] values, long... shape) {
    return sameDiff.constant(name, Nd4j.createFromArray(values).reshape(shape));
  }

  /**
   * The same, shared where the graph has one of this name already.
   *
   * @param values asked for where it has none
   */
  public SDVariable frozen(String name, Supplier<float[]> values, long... shape) {
    return sameDiff.hasVariable(name)
        ? sameDiff.getVariable(name)
        : frozen(name, values.get(), shape);
  }

  /** As {@link Program#hold}. */
  void hold() {
    if (released) {
      throw new IllegalStateException("the constants of this graph are released: lay another");
    }
    holders++;
  }

  /** As {@link Program#release}. */
  void release() {
    holders--;
    if (holders > 0) {
      return;
    }
    Owned all = new Owned();
    owned.forEach(all::add);
    for (SDVariable each : sameDiff.variables()) {
      // An operation's derivative may hold an array that is the operation's own.
      if (each.isConstant() && each.getArr().closeable()) {
        all.add(each.getArr());
        released = true;
      }
    }
    all.close();
  }

  /**
   * Lays a net into the graph whose parameters are never trained: within the definition, {@link
   * #parameter} gives constants.
   *
   * @param scope prefix of the constants' names; the same scope shares its constants
   * @param weights values by parameter name; copied
   * @param definition lays the net
   */
  public <T> T frozen(String scope, Function<String, INDArray> weights, Supplier<T> definition) {
    frozenWeights = new FrozenWeights(scope, weights);
    try {
      return definition.get();
    } finally {
      frozenWeights = null;
    }
  }

  /** Applies an operation to variables of this graph. */
  @SuppressWarnings("try") // a scope is opened and closed, and not asked for anything
  public SDVariable apply(Operation operation, SDVariable... inputs) {
    try (NameScope scope = sameDiff.withNameScope(operation.name() + "#" + applied.size())) {
      // Heads of its own make the gradient with respect to a head the contribution of this
      // operation alone, whoever else reads the input.
      SDVariable[] heads = new SDVariable[inputs.length];
      List<String> headNames = new ArrayList<>();
      for (int i = 0; i < inputs.length; i++) {
        heads[i] = sameDiff.identity("in" + i, inputs[i]);
        headNames.add(heads[i].name());
      }
      SDVariable output = sameDiff.identity("out", operation.compose(heads));
      applied.add(new Applied(operation, headNames, output.name()));
      return output;
    }
  }

  /**
   * Work in Java that reads computed variables or parameters and writes placeholders.
   *
   * @param name its name in profiles
   * @param step the work
   * @param reads variables of this graph
   * @param writes placeholders of this graph, written by nobody else
   */
  public void hostStep(
      String name, HostStep step, List<SDVariable> reads, List<SDVariable> writes) {
    hostSteps.add(
        new Hosted(
            name,
            step,
            reads.stream().map(SDVariable::name).toList(),
            writes.stream().map(SDVariable::name).toList()));
  }

  /**
   * Gives the graph a thing that a Java step works with, such as memory. It is closed each time the
   * last held program of the graph is released. A graph without constants may be compiled again
   * after that, so the thing has to be usable after {@code close}.
   *
   * @return the same
   */
  public <T extends AutoCloseable> T own(T thing) {
    owned.add(thing);
    return thing;
  }

  /**
   * Makes an input a state that survives a run: afterwards it holds the value of a variable. Set it
   * to begin anew.
   *
   * @param input an input of this graph
   * @param next its next value, of the same shape
   */
  public void carry(SDVariable input, SDVariable next) {
    carried.put(next.name(), input.name());
  }

  /** Names of the inputs that survive a run, by the variables that are their next values. */
  Map<String, String> carried() {
    return Collections.unmodifiableMap(carried);
  }

  /** The parameters by name, in order of definition. */
  Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** How many values are trained. */
  public long trainedValues() {
    return parameters.values().stream()
        .filter(Parameter::trained)
        .mapToLong(Parameter::length)
        .sum();
  }

  /** Names of the parameters that are trained, in order of definition. */
  List<String> trained() {
    return parameters.keySet().stream().filter(name -> parameters.get(name).trained()).toList();
  }

  /** Shapes of the placeholders that are no parameters. */
  Map<String, long[]> inputs() {
    return Collections.unmodifiableMap(inputs);
  }

  List<Applied> applied() {
    return Collections.unmodifiableList(applied);
  }

  List<Hosted> hostSteps() {
    return Collections.unmodifiableList(hostSteps);
  }

  /** Shape and first values of a parameter, and whether it is trained. */
  @SuppressWarnings("ArrayRecordComponent") // never leaves the package
  record Parameter(long[] shape, Initializer initializer, boolean trained) {
    void requireShape(String name, long[] other) {
      if (!Arrays.equals(shape, other)) {
        throw new IllegalArgumentException(
            "parameter "
                + name
                + " is shared, and cannot have the shapes "
                + Arrays.toString(shape)
                + " and "
                + Arrays.toString(other));
      }
    }

    long length() {
      long length = 1;
      for (long side : shape) {
        length *= side;
      }
      return length;
    }
  }

  /**
   * An operation in its place.
   *
   * @param operation what it computes
   * @param heads names of the variables it reads
   * @param output name of the variable it computes
   */
  public record Applied(Operation operation, List<String> heads, String output) {}

  /**
   * A Java step in its place.
   *
   * @param name its name in profiles
   * @param step the work
   * @param reads names of the variables it reads
   * @param writes names of the placeholders it fills
   */
  public record Hosted(String name, HostStep step, List<String> reads, List<String> writes) {}

  /** Where the constants of a frozen net come from. */
  private record FrozenWeights(String scope, Function<String, INDArray> weights) {
    SDVariable variable(Graph graph, String name, long[] shape) {
      String constant = scope + "." + name;
      if (graph.sameDiff.hasVariable(constant)) {
        return graph.sameDiff.getVariable(constant);
      }
      INDArray value = weights.apply(name);
      if (!Arrays.equals(value.shape(), shape)) {
        throw new IllegalArgumentException(
            name
                + " has shape "
                + Arrays.toString(value.shape())
                + ", not "
                + Arrays.toString(shape));
      }
      return graph.frozen(constant, value);
    }
  }
}
