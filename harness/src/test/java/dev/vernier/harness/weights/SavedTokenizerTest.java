package dev.vernier.harness.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class SavedTokenizerTest {
  private static final SavedTokenizer SAVED = new SavedTokenizer("mine", Map.of("levels", "4"));

  /** One that saves a file of some name, or a folder alone where it ends with a slash. */
  private record Saving(long parameters, String name) implements Tokenizer {
    @Override
    public TokenizerSpec spec() {
      List<SubCodebook> books = List.of(new SubCodebook("codes", 4));
      return new TokenizerSpec("mine", ImageSize.square(8), 4, books, 1, parameters);
    }

    @Override
    public Tokens encode(INDArray images) {
      throw new UnsupportedOperationException("it only saves");
    }

    @Override
    public INDArray decode(Tokens tokens) {
      throw new UnsupportedOperationException("it only saves");
    }

    @Override
    public void save(Path to) throws IOException {
      if (name.endsWith("/")) {
        Files.createDirectories(to.resolve(name));
      } else if (!name.isEmpty()) {
        Files.writeString(to.resolve(name), "weights");
      }
    }

    @Override
    public void close() {
      // Nothing to free.
    }
  }

  @TempDir private Path folder;

  @Test
  void whatIsSaved_hasItsDescriptionBesideIt() throws IOException {
    SAVED.write(new Saving(12, "codes"), folder);
    assertThat(folder.resolve("codes")).hasContent("weights");
    assertThat(new WeightsFolder(folder, Asker.EVAL).describe(null)).isEqualTo(SAVED);
  }

  @Test
  void settingsAlone_canBeAllThatAModelWithoutParametersNeeds() throws IOException {
    SAVED.write(new Saving(0, ""), folder);
    assertThat(new WeightsFolder(folder, Asker.EVAL).describe(null)).isEqualTo(SAVED);
  }

  @Test
  void parametersThatWereNotSaved_areRefused_alsoBesideADescription() throws IOException {
    assertRefused("");
    assertRefused("empty/");
    Files.writeString(folder.resolve(SavedTokenizer.FILE), "{}");
    Files.writeString(folder.resolve(Checksums.FILE), "");
    assertRefused("");
  }

  private void assertRefused(String saved) {
    assertThatThrownBy(() -> SAVED.write(new Saving(12, saved), folder))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "mine: save wrote no file into "
                + folder
                + ", though its spec says 12 parameters: correct the plugin, save has to write all"
                + " that load needs");
  }
}
