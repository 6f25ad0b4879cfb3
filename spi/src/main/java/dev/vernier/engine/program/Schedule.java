package dev.vernier.engine.program;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * Chooses the work that some variables need and puts it in order. What nobody needs, such as the
 * composition of an operation that has a kernel, drops out.
 */
final class Schedule {
  private final Map<String, Node> producers = new HashMap<>();
  private final List<Node> inOrder = new ArrayList<>();

  /**
   * Everything that could be done.
   *
   * @param applied operations in their places
   * @param hostSteps steps in Java in theirs
   * @param definition the operations
   * @param differentiation empty for a forward pass
   * @param whole operations that are one unit of work, and not their compositions
   */
  Schedule(
      List<Graph.Applied> applied,
      List<Graph.Hosted> hostSteps,
      SameDiff definition,
      Optional<Differentiation> differentiation,
      Predicate<Operation> whole) {
    for (SameDiffOp op : definition.getOps().values()) {
      add(new Node.Primitive(op));
    }
    for (Graph.Hosted hosted : hostSteps) {
      add(new Node.Host(hosted));
    }
    for (Graph.Applied part : applied) {
      if (whole.test(part.operation())) {
        add(new Node.Forward(part));
        differentiation.flatMap(each -> backward(part, each)).ifPresent(this::add);
      }
    }
  }

  private static Optional<Node> backward(Graph.Applied part, Differentiation differentiation) {
    List<String> gradients = new ArrayList<>();
    part.heads().forEach(head -> gradients.add(differentiation.gradientOf(head).orElse(null)));
    if (gradients.stream().allMatch(each -> each == null)) {
      return Optional.empty();
    }
    return differentiation
        .gradientOf(part.output())
        .map(start -> new Node.Backward(part, start, gradients));
  }

  private void add(Node node) {
    inOrder.add(node);
    node.written().forEach(variable -> producers.put(variable, node));
  }

  /**
   * The work that the targets need, each node after those it depends on. Of a backward pass only
   * the gradients are left that somebody reads.
   */
  List<Node> forTargets(Collection<String> targets) {
    Set<Node> needed = new HashSet<>();
    Set<String> wanted = new HashSet<>(targets);
    List<String> open = new ArrayList<>(targets);
    while (!open.isEmpty()) {
      Node producer = producers.get(open.remove(open.size() - 1));
      if (producer != null && needed.add(producer)) {
        open.addAll(producer.reads());
        wanted.addAll(producer.reads());
      }
    }
    Map<Node, Boolean> done = new LinkedHashMap<>();
    inOrder.stream().filter(needed::contains).forEach(node -> visit(node, done));
    return done.keySet().stream().map(node -> node.writing(wanted)).toList();
  }

  /** Depth first; the order of definition is nearly topological, so this does not go deep. */
  private void visit(Node node, Map<Node, Boolean> done) {
    if (done.containsKey(node)) {
      return;
    }
    for (String read : node.reads()) {
      Node producer = producers.get(read);
      if (producer != null) {
        visit(producer, done);
      }
    }
    done.put(node, true);
  }
}
