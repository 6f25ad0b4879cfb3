package dev.vernier.engine.program;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/** One unit of work of a program: what it reads and writes, by variable name. */
public sealed interface Node {
  /** What profiles call it. */
  String label();

  /** Variables it needs. */
  List<String> reads();

  /** Variables it computes; null where a place is not used. */
  List<String> writes();

  /** An operation of SameDiff. */
  record Primitive(SameDiffOp op) implements Node {
    @Override
    public String label() {
      return op.getOp().opName();
    }

    @Override
    public List<String> reads() {
      return op.getInputsToOp() == null ? List.of() : op.getInputsToOp();
    }

    @Override
    public List<String> writes() {
      return op.getOutputsOfOp();
    }
  }

  /** The forward pass of an operation. */
  record Forward(Graph.Applied part) implements Node {
    @Override
    public String label() {
      return part.operation().name();
    }

    @Override
    public List<String> reads() {
      return part.heads();
    }

    @Override
    public List<String> writes() {
      return List.of(part.output());
    }
  }

  /**
   * The backward pass of an operation.
   *
   * @param outputGradient the gradient it starts from
   * @param writes gradients of the heads, in their order; null where there is none
   */
  record Backward(Graph.Applied part, String outputGradient, List<String> writes) implements Node {
    @Override
    public String label() {
      return part.operation().name() + "_bp";
    }

    @Override
    public List<String> reads() {
      return Stream.concat(part.heads().stream(), Stream.of(part.output(), outputGradient))
          .toList();
    }

    @Override
    public Node writing(Set<String> wanted) {
      return new Backward(
          part,
          outputGradient,
          writes.stream().map(each -> wanted.contains(each) ? each : null).toList());
    }
  }

  /** Work in Java. */
  record Host(Graph.Hosted hosted) implements Node {
    @Override
    public String label() {
      return hosted.name();
    }

    @Override
    public List<String> reads() {
      return hosted.reads();
    }

    @Override
    public List<String> writes() {
      return hosted.writes();
    }
  }

  /** The same work without results that nobody wants, where it can do without them. */
  default Node writing(Set<String> wanted) {
    return this;
  }

  /** The names among {@link #writes()} that are there. */
  default List<String> written() {
    return writes().stream().filter(Objects::nonNull).toList();
  }
}
