package dev.vernier.engine.nd4j;

import dev.vernier.engine.program.Node;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * Gives every variable that an execution computes its place in memory; a place is used again once
 * nobody reads the variable any more.
 */
final class Placement {
  private final ShapeInference shapes;
  private final Map<String, INDArray> arrays;
  private final Map<String, DataBuffer> blocks = new HashMap<>();
  private final Map<String, Integer> lastRead = new HashMap<>();
  private final Set<String> kept = new HashSet<>();
  private final Arena arena;

  /**
   * Places the results of all work.
   *
   * @param work in the order of execution
   * @param external arrays that exist already
   * @param targets variables that must survive a run
   * @param wanted arrays that results are wanted in
   * @param arena where all others go
   */
  Placement(
      ShapeInference shapes,
      List<Node> work,
      Map<String, INDArray> external,
      Collection<String> targets,
      Map<String, INDArray> wanted,
      Arena arena) {
    this.shapes = shapes;
    this.arena = arena;
    this.arrays = new HashMap<>(external);
    targets.forEach(name -> kept.add(shapes.root(name)));
    for (int i = 0; i < work.size(); i++) {
      for (String read : work.get(i).reads()) {
        lastRead.put(shapes.root(read), i);
      }
    }
    wanted.forEach((name, target) -> claim(shapes.root(name), target, work));
    for (int i = 0; i < work.size(); i++) {
      work.get(i).written().forEach(this::place);
      release(work.get(i), i);
    }
  }

  /**
   * A result is computed right where it is wanted, unless another claimed it or somebody still
   * reads what is there.
   */
  private void claim(String root, INDArray target, List<Node> work) {
    if (!arrays.containsKey(root) && !shapes.isFixed(root) && !isReadLater(target, root, work)) {
      arrays.put(root, Arena.array(target.data(), shapes.shape(root).getShape()));
    }
  }

  /** Whether an array is read when, or after, a result is computed. */
  private boolean isReadLater(INDArray target, String result, List<Node> work) {
    int last =
        arrays.entrySet().stream()
            .filter(each -> each.getValue() == target)
            .mapToInt(each -> lastRead.getOrDefault(each.getKey(), -1))
            .max()
            .orElse(-1);
    for (int i = 0; i <= last; i++) {
      Node node = work.get(i);
      if (node.written().stream().anyMatch(each -> shapes.root(each).equals(result))) {
        return i < last || !writesOverFirst(node);
      }
    }
    return false;
  }

  private static boolean writesOverFirst(Node node) {
    return node instanceof Node.Forward forward && forward.part().operation().inPlace();
  }

  private void place(String name) {
    String root = shapes.root(name);
    if (arrays.containsKey(root) || shapes.isFixed(root)) {
      return;
    }
    LongShapeDescriptor shape = shapes.shape(root);
    long length = 1;
    for (long side : shape.getShape()) {
      length *= side;
    }
    DataBuffer block = arena.take(shape.dataType(), length);
    blocks.put(root, block);
    arrays.put(root, Arena.array(block, shape.getShape()));
  }

  /** Frees what this node was the last to read, and what it computed for nobody. */
  private void release(Node node, int index) {
    Set<String> roots = new HashSet<>();
    node.reads().forEach(each -> roots.add(shapes.root(each)));
    node.written().forEach(each -> roots.add(shapes.root(each)));
    for (String root : roots) {
      if (!kept.contains(root)
          && lastRead.getOrDefault(root, -1) <= index
          && blocks.containsKey(root)) {
        arena.release(blocks.remove(root));
      }
    }
  }

  /** The arrays of all roots, external ones included. */
  Map<String, INDArray> arrays() {
    return arrays;
  }
}
