package dev.vernier.harness.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CheckedTokenizerTest {
  private static final List<SubCodebook> BOOKS = List.of(new SubCodebook("codes", 4));

  /** Gives tokens of some shape and images of another, whatever it is asked. */
  private record Answering(Tokens tokens, List<Integer> shape) implements Tokenizer {
    @Override
    public TokenizerSpec spec() {
      return new TokenizerSpec("mine", new ImageSize(8, 16), 4, BOOKS, 1, 0);
    }

    @Override
    public Tokens encode(INDArray images) {
      return tokens;
    }

    @Override
    public INDArray decode(Tokens given) {
      return shape.isEmpty()
          ? null
          : Nd4j.zeros(shape.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public void save(Path to) {
      throw new UnsupportedOperationException("there is nothing to save");
    }

    @Override
    public void close() {
      // Nothing to free.
    }
  }

  private static Tokens tokens(int batch, int height, int width, List<SubCodebook> books) {
    return new Tokens(new int[batch * height * width * books.size()], batch, books, height, width);
  }

  private static INDArray images(int count) {
    return Nd4j.zeros(count, 3, 8, 16);
  }

  @Test
  void rightAnswers_pass() {
    Tokens right = tokens(2, 2, 4, BOOKS);
    CheckedTokenizer checked = new CheckedTokenizer(new Answering(right, List.of(2, 3, 8, 16)));
    try (INDArray images = images(2);
        INDArray decoded = checked.decode(right)) {
      assertThat(checked.encode(images)).isSameAs(right);
      assertThat(decoded.shape()).containsExactly(2, 3, 8, 16);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 4, 'mine: encode returned tokens of 1 images for 2: correct the plugin'",
    "2, 4, 2, 'mine: encode returned a grid of 4 x 2 tokens, its spec says 2 x 4: correct the plugin'"
  })
  void otherTokens_areRefused(int batch, int height, int width, String message) {
    Tokens wrong = tokens(batch, height, width, BOOKS);
    try (INDArray images = images(2)) {
      assertThatThrownBy(() -> new CheckedTokenizer(new Answering(wrong, List.of())).encode(images))
          .isInstanceOf(UsageException.class)
          .hasMessage(message);
    }
  }

  @Test
  void otherCodebooks_orNothing_areRefused() {
    Tokens wrong = tokens(2, 2, 4, List.of(new SubCodebook("codes", 5)));
    try (INDArray images = images(2)) {
      assertThatThrownBy(() -> new CheckedTokenizer(new Answering(wrong, List.of())).encode(images))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("its spec says");
      assertThatThrownBy(() -> new CheckedTokenizer(new Answering(null, List.of())).encode(images))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("encode returned null");
    }
  }

  /** Channels last have as many values, and would be measured as a bad reconstruction. */
  @Test
  void imagesOfAnotherLayout_areRefused() {
    Tokens right = tokens(2, 2, 4, BOOKS);
    assertThatThrownBy(
            () -> new CheckedTokenizer(new Answering(right, List.of(2, 8, 16, 3))).decode(right))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "mine: decode returned an array [2, 8, 16, 3], it must be [2, 3, 8, 16]: correct the"
                + " plugin");
    assertThatThrownBy(() -> new CheckedTokenizer(new Answering(right, List.of())).decode(right))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("decode returned null");
  }
}
