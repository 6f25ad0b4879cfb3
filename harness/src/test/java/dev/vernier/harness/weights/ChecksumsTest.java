package dev.vernier.harness.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.hashing.FolderHash;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumsTest {
  @TempDir private Path folder;
  private Path weights;
  private Checksums checksums;

  @BeforeEach
  void write() throws IOException {
    weights = folder.resolve("weights");
    checksums = new Checksums(folder);
    checksums.write(
        () -> {
          Files.writeString(weights, "abcdef");
          Files.writeString(folder.resolve("tokenizer.json"), "{}");
        });
  }

  private void assertRefused(Path file, String why) {
    assertThatThrownBy(checksums::check)
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(file + " is damaged (" + why)
        .hasMessageEndingWith(
            "): get its folder again or, in a run, delete the folder of its cell and run again"
                + " with --resume")
        .hasMessageNotContaining("\n");
  }

  @Test
  void file_isOneThatSha256sumChecks() throws IOException {
    assertThat(Files.readAllLines(folder.resolve("SHA256SUMS")))
        .containsExactly(
            Sha256.ofFile(folder.resolve("tokenizer.json")) + "  tokenizer.json",
            "bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721  weights");
    assertThatCode(checksums::check).doesNotThrowAnyException();
  }

  @Test
  void lostHashes_areSaid_whereATrainingWroteThem() throws IOException {
    assertThat(checksums.missingBeside("tokenizer.json")).isEmpty();
    Files.delete(folder.resolve("SHA256SUMS"));
    assertThat(checksums.missingBeside("tokenizer.json"))
        .contains(folder + " has no SHA256SUMS any more: damage to its files would not show");
    // A published file, or a folder of such, never had any.
    Files.delete(folder.resolve("tokenizer.json"));
    assertThat(checksums.missingBeside("tokenizer.json")).isEmpty();
  }

  /** A plugin saves its weights as it likes. */
  @Test
  void filesInSubFolders_areListedAndPartOfTheHash() throws IOException {
    Path model = folder.resolve("encoder/model.safetensors");
    checksums.write(
        () -> {
          Files.createDirectories(model.getParent());
          Files.writeString(model, "abc");
        });
    assertThat(Files.readAllLines(folder.resolve("SHA256SUMS")))
        .contains(Sha256.ofFile(model) + "  encoder/model.safetensors");
    assertThatCode(checksums::check).doesNotThrowAnyException();
    String before = FolderHash.of(folder);
    Files.writeString(model, "abd");
    assertThat(FolderHash.of(folder)).isNotEqualTo(before);
    assertRefused(model, "its SHA-256 is not the one in SHA256SUMS beside it");
    Files.delete(model);
    assertRefused(model, "it is not there, and SHA256SUMS beside it lists it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abcdeg", "abcde", "abcdef\0", ""})
  void changedFile_isRefusedByName(String content) throws IOException {
    Files.writeString(weights, content);
    assertRefused(weights, "its SHA-256 is not the one in SHA256SUMS beside it");
  }

  @Test
  void fileThatIsGone_isRefusedByName() throws IOException {
    Files.delete(weights);
    assertRefused(weights, "it is not there, and SHA256SUMS beside it lists it");
  }

  @Test
  void damagedList_isRefused() throws IOException {
    Path list = folder.resolve("SHA256SUMS");
    Files.writeString(list, "");
    assertRefused(list, "it is empty");
    String hash = Sha256.ofFile(weights);
    String deep = "a/".repeat(20_000);
    for (String line :
        List.of(
            "0123  other", hash + "  ../other", hash + "  sub/../../other", hash + "  " + deep)) {
      Files.writeString(list, line + "\n");
      assertRefused(list, "it has a line that is not a hash and a name");
    }
  }

  @Test
  void folderWithoutAList_isNotChecked() throws IOException {
    Files.delete(folder.resolve("SHA256SUMS"));
    Files.writeString(weights, "other");
    assertThatCode(checksums::check).doesNotThrowAnyException();
  }

  /** Of a run that was begun by an older version. */
  @Test
  void hashOfAFlatFolder_isThatOfNamesAndContentsInTheirOrder() throws IOException {
    String hash =
        new ContentHash()
            .add("tokenizer.json")
            .add(Sha256.ofFile(folder.resolve("tokenizer.json")))
            .add("weights")
            .add(Sha256.ofFile(weights))
            .hexadecimal();
    assertThat(FolderHash.of(folder)).isEqualTo(hash);
    Files.writeString(Files.createDirectory(folder.resolve(".cache")).resolve("note"), "today");
    assertThat(FolderHash.of(folder)).isEqualTo(hash);
  }

  @Test
  void list_changesNoHashOfTheFolder() throws IOException {
    String with = FolderHash.of(folder);
    Files.delete(folder.resolve("SHA256SUMS"));
    assertThat(FolderHash.of(folder)).isEqualTo(with);
  }
}
