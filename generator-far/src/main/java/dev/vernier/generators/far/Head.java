package dev.vernier.generators.far;

import dev.vernier.engine.program.Graph;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;

/** How the sub-tokens of a position are predicted from the trunk's output there. */
interface Head {
  /**
   * The logits of each sub-token, all of them known beforehand.
   *
   * @param context the trunk's output, {@code [N, w]}
   * @param count N, the positions of all grids
   * @param tokens the sub-tokens of the same positions, by sub-codebook, {@code [N]} each
   * @param dropout of what a residual adds
   * @return by sub-codebook, {@code [N, K]} each
   */
  List<SDVariable> logits(
      Graph graph,
      FarShape shape,
      SDVariable context,
      int count,
      List<SDVariable> tokens,
      UnaryOperator<SDVariable> dropout);

  /**
   * The steps in which the sub-tokens of one position are drawn, each with the logits of the
   * sub-tokens that can be drawn once those of the steps before are; programs are laid into graphs
   * of their own and share inputs by name.
   *
   * @param sequences S
   */
  List<Step> steps(FarShape shape, int sequences);

  /**
   * One step.
   *
   * @param graph of its program
   * @param first the first sub-codebook it predicts
   * @param drawn the input that holds the sub-token drawn last, {@code [S]}; empty where the step
   *     reads none
   * @param logits by sub-codebook from the first on, {@code [S, K]} each
   */
  record Step(Graph graph, int first, Optional<SDVariable> drawn, List<SDVariable> logits) {}

  /** Name of the input that holds the trunk's output, {@code [S, w]}. */
  String CONTEXT = "context";
}
