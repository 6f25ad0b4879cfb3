package dev.vernier.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.PartialDecoder;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.tokenizers.fq.FqganDualProvider;
import dev.vernier.tokenizers.lfq.LfqProvider;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A chosen subset of sub-codebooks decodes to what they say alone. */
class PartialDecoderTest {
  @ParameterizedTest
  @ValueSource(strings = {"fqgan-dual", "lfq"})
  void decode_ofOneSubCodebook_dependsOnItAlone(String name) throws Exception {
    TokenizerProvider provider = name.equals("lfq") ? new LfqProvider() : new FqganDualProvider();
    Map<String, String> further =
        name.equals("lfq") ? Map.of("sub-tokens", "2", "codebook-size", "64") : Map.of();
    try (TrainableTokenizer training = TinyTraining.open(provider, further, 1);
        INDArray images = TinyTraining.images(1);
        INDArray others = TinyTraining.images(2);
        Tokenizer tokenizer = training.tokenizer()) {
      PartialDecoder decoder = (PartialDecoder) tokenizer;
      Tokens tokens = tokenizer.encode(images);
      Tokens mixed = mixed(tokens, tokenizer.encode(others));
      try (INDArray whole = tokenizer.decode(tokens);
          INDArray both = decoder.decode(tokens, Set.of(0, 1));
          INDArray first = decoder.decode(tokens, Set.of(0));
          INDArray firstOfMixed = decoder.decode(mixed, Set.of(0));
          INDArray wholeOfMixed = tokenizer.decode(mixed)) {
        assertThat(both).isEqualTo(whole);
        assertThat(firstOfMixed).isEqualTo(first);
        assertThat(first).isNotEqualTo(whole);
        assertThat(wholeOfMixed).isNotEqualTo(whole);
      }
    }
  }

  /** The first sub-codebook of some tokens with the second of others. */
  private static Tokens mixed(Tokens first, Tokens second) {
    int area = first.height() * first.width();
    int[] all = first.toArray();
    int[] others = second.toArray();
    for (int i = 0; i < all.length; i++) {
      if (i / area % 2 == 1) {
        all[i] = others[i];
      }
    }
    return new Tokens(all, first.batch(), first.subCodebooks(), first.height(), first.width());
  }
}
