package dev.vernier.harness.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsFolderTest {
  private static final String GOOD =
      "{\"tokenizer\": \"vqgan\", \"settings\": {\"groups\": \"4\"}}";
  @TempDir private Path run;

  private Path weights(String below, String json) throws IOException {
    Path folder = Files.createDirectories(run.resolve(below));
    Files.writeString(folder.resolve("weights.safetensors"), "");
    Files.writeString(folder.resolve("tokenizer.json"), json);
    return folder;
  }

  private static SavedTokenizer describe(Path folder, String name) throws IOException {
    return new WeightsFolder(folder, Asker.EVAL).describe(name);
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContainingAny("Source", "StreamReadFeature", "\n");
  }

  @Test
  void writtenFolder_saysWhatItIs() throws IOException {
    SavedTokenizer expected = new SavedTokenizer("vqgan", Map.of("groups", "4"));
    Path folder = weights("w", GOOD);
    assertThat(describe(folder, null)).isEqualTo(expected);
    assertThat(describe(folder, "vqgan")).isEqualTo(expected);
  }

  @Test
  void folderOfAnotherTokenizer_isNotTakenForTheNamedOne() throws IOException {
    Path folder = weights("w", GOOD);
    assertRefused(
        () -> describe(folder, "lfq"), "belongs to vqgan, not to lfq: leave --tokenizer out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"tokenizer\":",
        "{\"tokenizer\": \"vqgan\"",
        "[]",
        "{\"a\": 1}",
        "{}",
        "7"
      })
  void damagedDescription_isNamed(String json) throws IOException {
    Path folder = weights("w", json);
    assertRefused(
        () -> describe(folder, null),
        folder.resolve("tokenizer.json").toString(),
        "restore it, or train again");
  }

  @Test
  void fieldThatDoesNotFit_isNamedWithItsLine() throws IOException {
    Path misfit = weights("misfit", "{\"tokenizer\": \"vqgan\",\n\"settings\": 5}");
    assertRefused(
        () -> describe(misfit, null),
        "tokenizer.json is damaged (line 2: settings takes fields in braces): restore it");
    Path mistyped = weights("mistyped", "{\"tokenizr\": \"vqgan\"}");
    assertRefused(
        () -> describe(mistyped, null),
        "(line 1: there is no field 'tokenizr'; did you mean 'tokenizer'? Available: settings");
  }

  @Test
  void runOrCell_pointsToTheWeightsInIt() throws IOException {
    Files.writeString(run.resolve("run.json"), "{}");
    assertRefused(() -> describe(run, null), run + "/cells/ID/state/tokenizer");
    Path inside = weights("cells/17/state/tokenizer", GOOD);
    assertRefused(() -> describe(run, "vqgan"), "use --weights " + inside);
    assertRefused(() -> describe(run.resolve("cells/17"), null), "use --weights " + inside);
    assertRefused(() -> describe(run.resolve("cells/17/state"), null), "use --weights " + inside);
  }

  @Test
  void folderThatSaysNothing_isTakenForTheNamedTokenizer() throws IOException {
    assertThat(describe(run, "lfq")).isEqualTo(new SavedTokenizer("lfq", Map.of()));
    assertRefused(() -> describe(run, null), "name it with --tokenizer");
  }

  @Test
  void fileOfAWrittenFolder_pointsToTheFolder() throws IOException {
    Path folder = weights("w", GOOD);
    assertRefused(
        () -> WeightsFolder.refusePart(folder.resolve("weights.safetensors"), Asker.EVAL),
        "use --weights " + folder);
    WeightsFolder.refusePart(run.resolve("published.pth"), Asker.EVAL);
  }
}
