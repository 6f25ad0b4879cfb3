package dev.vernier.tokenizers.fq;

import dev.vernier.spi.TeacherRequirements;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Names of one branch: its sub-codebook in tokens and reports, and its parameters, which for two
 * branches are those of the published code.
 *
 * @param name of the sub-codebook
 * @param suffix of the branch's head, convolution and quantizer
 * @param adapter of the adapter, below {@code encoder}
 * @param predictionHead of the head that predicts a teacher's feature
 * @param semantic whether the branch always learns from a teacher, and not only on request
 */
record Branch(String name, String suffix, String adapter, String predictionHead, boolean semantic) {
  /** Prefix of the quantizer's arrays. */
  String quantizer() {
    return "quantize_" + suffix;
  }

  /**
   * The branches in the order of tokens and of the decoder's input: visual detail first, as the
   * decoder and the generator of the published code have them. All but the first of the named ones,
   * and the last of the numbered ones, are semantic.
   */
  static List<Branch> of(int count) {
    return switch (count) {
      case 2 ->
          List.of(
              new Branch("visual", "vis", "visual_head", "vis_feat_pred", false),
              new Branch("semantic", "sem", "semantic_head", "feat_pred_head", true));
      case 3 ->
          List.of(
              new Branch("visual", "vis", "visual_head", "vis_feat_pred", false),
              new Branch("middle", "sem_mid", "semantic_head_mid", "mid_sem_feat_pred", true),
              new Branch("high", "sem_high", "semantic_head_high", "high_sem_feat_pred", true));
      default -> IntStream.range(0, count).mapToObj(j -> numbered(j, j == count - 1)).toList();
    };
  }

  private static Branch numbered(int number, boolean last) {
    return new Branch(
        "branch-" + number,
        String.valueOf(number),
        "head_" + number,
        last ? "feat_pred_head" : "feat_pred_head_" + number,
        last);
  }

  /** The branches that learn from teachers where representation learning is on. */
  static TeacherRequirements teacherRequirements(int count) {
    Map<Boolean, List<String>> names =
        of(count).stream()
            .collect(
                Collectors.partitioningBy(
                    Branch::semantic, Collectors.mapping(Branch::name, Collectors.toList())));
    return new TeacherRequirements(names.get(true), names.get(false));
  }
}
