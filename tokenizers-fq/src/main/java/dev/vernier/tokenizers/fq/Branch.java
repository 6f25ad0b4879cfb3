package dev.vernier.tokenizers.fq;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Names of one branch: its sub-codebook in tokens and reports, and its parameters, which for two
 * branches are those of the published code.
 *
 * @param name of the sub-codebook
 * @param suffix of the branch's head, convolution and quantizer
 * @param adapter of the adapter, below {@code encoder}
 */
record Branch(String name, String suffix, String adapter) {
  /**
   * The branches in the order of tokens and of the decoder's input: visual detail first, as the
   * decoder and the generator of the published code have them.
   */
  static List<Branch> of(int count) {
    return switch (count) {
      case 2 ->
          List.of(
              new Branch("visual", "vis", "visual_head"),
              new Branch("semantic", "sem", "semantic_head"));
      case 3 ->
          List.of(
              new Branch("visual", "vis", "visual_head"),
              new Branch("middle", "sem_mid", "semantic_head_mid"),
              new Branch("high", "sem_high", "semantic_head_high"));
      default ->
          IntStream.range(0, count)
              .mapToObj(j -> new Branch("branch-" + j, String.valueOf(j), "head_" + j))
              .toList();
    };
  }
}
