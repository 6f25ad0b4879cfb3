package dev.vernier.harness.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.hashing.FolderHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedGeneratorTest {
  @TempDir private Path folder;

  private Path weights(String name) throws IOException {
    Path weights = Files.createDirectories(folder.resolve(name));
    Files.writeString(weights.resolve("weights"), name);
    return weights;
  }

  /** The codes of two trainings fit each other in shape, and in nothing else. */
  @Test
  void anotherTokenizerThanItsOwn_isSaid() throws IOException {
    Path own = weights("own");
    Path other = weights("other");
    Path generator = weights("generator");
    WeightsJson.write(
        generator.resolve(SavedGenerator.FILE),
        new SavedGenerator("far", Map.of(), FolderHash.of(own)));
    SavedGenerator saved = SavedGenerator.of(generator, null, "generator.", Map.of());
    assertThat(saved.otherTokenizer(own, FolderHash.of(own))).isEmpty();
    assertThat(saved.otherTokenizer(other, FolderHash.of(other)))
        .contains(
            "the generator was trained on the codes of another tokenizer than "
                + other
                + ": what is drawn may show nothing");
  }

  @Test
  void whatDoesNotNameItsTokenizer_isTakenAtTheUsersWord() throws IOException {
    Path generator = weights("generator");
    WeightsJson.write(
        generator.resolve(SavedGenerator.FILE), new SavedGenerator("far", Map.of(), null));
    assertThat(Files.readString(generator.resolve(SavedGenerator.FILE)))
        .doesNotContain("tokenizer");
    assertThat(
            SavedGenerator.of(generator, null, "generator.", Map.of())
                .otherTokenizer(generator, FolderHash.of(generator)))
        .isEmpty();
  }
}
