package dev.vernier.harness.evaluation;

import dev.vernier.records.Phase;
import dev.vernier.spi.CodeVectors;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import java.util.List;
import java.util.Optional;

/** Gives what is measured in place of the reference images: makes it, or has it from elsewhere. */
interface Reconstructor {
  /** What the tokenizer is, where its codes are known; empty where they are not. */
  Optional<TokenizerSpec> coded();

  /** What the codes stand for; empty where nobody says. */
  Optional<CodeVectors> vectors();

  /** Called once before all, so that the times are those of a running system. */
  void warmUp(List<LabelledImage> some);

  /**
   * The reconstructions of some reference images.
   *
   * @param first place of the first of them among all
   */
  Batch of(List<LabelledImage> real, int first);

  /** What each of several sub-codebooks says alone of some images; nothing where nobody can say. */
  List<List<LabelledImage>> partsOf(List<LabelledImage> real);

  /** The time that reconstructing took; nothing where it was done elsewhere. */
  List<Phase> phases();

  /** What the reader has to know of the reconstructions that were given so far, a line each. */
  List<String> notes();

  /**
   * Reconstructions of some images.
   *
   * @param images one for each
   * @param tokens their codes, where they are known
   * @param crops what comes back of these images cropped in another way, without taking the time
   */
  record Batch(List<LabelledImage> images, Optional<Tokens> tokens, ProtocolScores.Crops crops) {}
}
