package dev.vernier.engine.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.nd4j.autodiff.samediff.NameScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * The gradient of a loss by reverse-mode differentiation. Each operation of SameDiff gives its own
 * derivative; the operations that compute it join the graph. ND4J 1.0.0-M2.1 could walk through the
 * graph by itself, but copies it for that, its constants included, in a time that grows with the
 * square of its size.
 */
final class Differentiation {
  private final SameDiff graph;
  private final Map<String, SDVariable> gradients = new HashMap<>();

  /** Variables that depend on what the gradient is asked for, that one included. */
  private final Set<String> dependent;

  /** The operations that compute such variables. */
  private final Map<String, SameDiffOp> producers = new HashMap<>();

  /** How many of a variable's readers, counted once for each place, have not contributed yet. */
  private final Map<String, Integer> awaited = new HashMap<>();

  /**
   * Differentiates a loss; the graph gets the operations of the backward pass.
   *
   * @param loss a scalar of the graph
   * @param withRespectTo variables whose gradients are asked for
   */
  Differentiation(SameDiff graph, SDVariable loss, Collection<String> withRespectTo) {
    this.graph = graph;
    this.dependent = new HashSet<>(withRespectTo);
    // So that SameDiff can be asked for the same gradient.
    graph.setLossVariables(loss.name());
    awaitReaders(loss.name(), markDependent());
    walk(loss);
  }

  /**
   * Follows what the gradient is asked for through the graph.
   *
   * @return the operations that depend on it, each before what it reads
   */
  private Collection<SameDiffOp> markDependent() {
    // An operation is defined after what it reads.
    Deque<SameDiffOp> backwards = new ArrayDeque<>();
    for (SameDiffOp each : graph.getOps().values()) {
      if (each.getInputsToOp() != null
          && each.getInputsToOp().stream().anyMatch(dependent::contains)) {
        each.getOutputsOfOp().stream()
            .filter(this::isDifferentiable)
            .forEach(
                output -> {
                  dependent.add(output);
                  producers.put(output, each);
                });
        backwards.addFirst(each);
      }
    }
    return backwards;
  }

  /** Counts the readers on the way to the loss. */
  private void awaitReaders(String loss, Collection<SameDiffOp> backwards) {
    awaited.put(loss, 0);
    for (SameDiffOp each : backwards) {
      if (each.getOutputsOfOp().stream().anyMatch(awaited::containsKey)) {
        each.getInputsToOp().stream()
            .filter(dependent::contains)
            .forEach(input -> awaited.merge(input, 1, Integer::sum));
      }
    }
  }

  /** From the loss to what the gradient is asked for, an operation after all that read it. */
  @SuppressWarnings("try") // a scope is opened and closed, and not asked for anything
  private void walk(SDVariable loss) {
    try (NameScope scope = scope()) {
      gradients.put(loss.name(), graph.onesLike(loss));
    }
    Queue<SameDiffOp> ready = new ArrayDeque<>();
    producer(loss.name()).ifPresent(ready::add);
    while (!ready.isEmpty()) {
      SameDiffOp operation = ready.remove();
      try (NameScope scope = scope()) {
        contribute(operation);
      }
      for (String input : operation.getInputsToOp()) {
        if (dependent.contains(input) && awaited.merge(input, -1, Integer::sum) == 0) {
          producer(input).filter(this::isReady).ifPresent(ready::add);
        }
      }
    }
  }

  private boolean isReady(SameDiffOp operation) {
    return operation.getOutputsOfOp().stream()
        .allMatch(output -> awaited.getOrDefault(output, 0) == 0);
  }

  private Optional<SameDiffOp> producer(String variable) {
    return Optional.ofNullable(producers.get(variable));
  }

  /** SameDiff looks for a free name among all of the scope, so each operation has one to itself. */
  private NameScope scope() {
    return graph.withNameScope("grad" + graph.getOps().size());
  }

  private boolean isDifferentiable(String variable) {
    return graph.getVariable(variable).dataType().isFPType();
  }

  /** Adds what reaches the loss through an operation to the gradients of what it reads. */
  private void contribute(SameDiffOp operation) {
    List<SDVariable> outputGradients = new ArrayList<>();
    for (String output : operation.getOutputsOfOp()) {
      outputGradients.add(isDifferentiable(output) ? gradientOrZero(output) : null);
    }
    List<SDVariable> contributions = operation.getOp().doDiff(outputGradients);
    List<String> inputs = operation.getInputsToOp();
    for (int i = 0; i < inputs.size(); i++) {
      if (dependent.contains(inputs.get(i))) {
        if (i >= contributions.size()) {
          throw new UnsupportedOperationException(
              operation.getOp().opName() + " has no derivative with respect to " + inputs.get(i));
        }
        gradients.merge(inputs.get(i), contributions.get(i), SDVariable::add);
      }
    }
  }

  private SDVariable gradientOrZero(String variable) {
    SDVariable known = gradients.get(variable);
    return known != null ? known : graph.zerosLike(graph.getVariable(variable));
  }

  /**
   * The variable that holds the gradient with respect to another, if the loss depends on that one.
   */
  Optional<String> gradientOf(String variable) {
    return Optional.ofNullable(gradients.get(variable)).map(SDVariable::name);
  }
}
