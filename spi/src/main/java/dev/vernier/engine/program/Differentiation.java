package dev.vernier.engine.program;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The gradient of a loss, as SameDiff derives it: a graph that holds the forward operations too.
 */
final class Differentiation {
  private final SameDiff gradient;

  /**
   * Differentiates a graph.
   *
   * @param loss a scalar of the graph
   * @param withRespectTo placeholders whose gradients are asked for
   */
  Differentiation(SameDiff forward, String loss, List<String> withRespectTo) {
    forward.setLossVariables(loss);
    silently(() -> forward.createGradFunction(withRespectTo.toArray(String[]::new)));
    gradient = forward.getFunction("grad");
  }

  /**
   * ND4J 1.0.0-M2.1 prints a line for each operation it differentiates to standard output, which
   * belongs to our user.
   */
  private static synchronized void silently(Runnable action) {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(out);
    }
  }

  /** Forward and backward operations. */
  SameDiff definition() {
    return gradient;
  }

  /**
   * The variable that holds the gradient with respect to another, if the loss depends on that one.
   */
  Optional<String> gradientOf(String variable) {
    if (!gradient.getVariable(variable).dataType().isFPType()) {
      return Optional.empty();
    }
    return Optional.ofNullable(gradient.getGradForVariable(variable)).map(SDVariable::name);
  }
}
