package dev.vernier.tokenizers.fq;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Names of one branch: its sub-codebook in tokens and reports, and its parameters, which for two
 * branches are those of the published code.
 *
 * @param name of the sub-codebook
 * @param suffix of the branch's head, convolution and quantizer
 * @param adapter of the adapter, below {@code encoder}
 * @param predictionHead of the head that predicts the teacher's feature, where the branch learns
 *     from one
 */
record Branch(String name, String suffix, String adapter, Optional<String> predictionHead) {
  /** Prefix of the quantizer's arrays. */
  String quantizer() {
    return "quantize_" + suffix;
  }

  /**
   * The branches in the order of tokens and of the decoder's input: visual detail first, as the
   * decoder and the generator of the published code have them. All but the first of the named ones,
   * and the last of the numbered ones, learn from the teacher.
   */
  static List<Branch> of(int count) {
    return switch (count) {
      case 2 ->
          List.of(
              new Branch("visual", "vis", "visual_head", Optional.empty()),
              new Branch("semantic", "sem", "semantic_head", Optional.of("feat_pred_head")));
      case 3 ->
          List.of(
              new Branch("visual", "vis", "visual_head", Optional.empty()),
              new Branch(
                  "middle", "sem_mid", "semantic_head_mid", Optional.of("mid_sem_feat_pred")),
              new Branch(
                  "high", "sem_high", "semantic_head_high", Optional.of("high_sem_feat_pred")));
      default -> IntStream.range(0, count).mapToObj(j -> numbered(j, j == count - 1)).toList();
    };
  }

  private static Branch numbered(int number, boolean last) {
    return new Branch(
        "branch-" + number,
        String.valueOf(number),
        "head_" + number,
        last ? Optional.of("feat_pred_head") : Optional.empty());
  }
}
