package dev.vernier.harness.weights;

import dev.vernier.records.ResultFiles;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of weights: which tokenizer they belong to, and its settings.
 *
 * @param path the folder
 * @param asker who named it
 */
public record WeightsFolder(Path path, Asker asker) {
  /**
   * What the folder says.
   *
   * @param name of the tokenizer the user named, or null
   * @throws UsageException if it belongs to another tokenizer, is damaged, or says nothing and the
   *     user named none
   */
  SavedTokenizer describe(String name) throws IOException {
    if (!written(path)) {
      return undescribed(name);
    }
    SavedTokenizer saved = read();
    if (name != null && !name.equals(saved.tokenizer())) {
      throw new UsageException(
          path
              + " belongs to "
              + saved.tokenizer()
              + ", not to "
              + name
              + ": leave "
              + asker.tokenizer()
              + " out");
    }
    return saved;
  }

  /** Whether a training wrote weights into a folder. */
  private static boolean written(Path folder) {
    return Files.isRegularFile(folder.resolve(SavedTokenizer.FILE));
  }

  /**
   * Refuses a file that a training wrote as one of several.
   *
   * @throws UsageException if it is such a file
   */
  static void refusePart(Path file, Asker asker) {
    Path folder = file.toAbsolutePath().getParent();
    if (written(folder)) {
      throw new UsageException(
          file + " is one of the files that a training wrote: use " + asker.weights(folder));
    }
  }

  /**
   * Refuses settings where the folder says them itself.
   *
   * @param prefix how keys of such settings begin
   * @param given the user's, by the name behind it
   * @throws UsageException if there are any
   */
  public void refuseSettings(String prefix, Map<String, String> given) {
    if (written(path)) {
      refuseSettings(path, prefix, given);
    }
  }

  /** The same of weights of anything that say their settings. */
  static void refuseSettings(Path weights, String prefix, Map<String, String> given) {
    if (!given.isEmpty()) {
      throw new UsageException(
          weights
              + " says its settings itself: leave out "
              + prefix
              + given.keySet().iterator().next());
    }
  }

  private SavedTokenizer undescribed(String name) throws IOException {
    Optional<Path> inside = weightsInside();
    if (inside.isPresent() || Files.exists(ResultFiles.runFile(path))) {
      Path usual = SavedTokenizer.ofCell(ResultFiles.cellFolder(path, "ID"));
      throw new UsageException(
          path
              + " holds no weights itself: use "
              + asker.weights(inside.orElse(usual))
              + ", the folder of the tokenizer of a cell");
    }
    if (name == null) {
      throw new UsageException(
          path + " does not say which tokenizer it belongs to: name it with " + asker.tokenizer());
    }
    return new SavedTokenizer(name, Map.of());
  }

  /** Where the folder is a run's or a cell's: the first weights in it. */
  private Optional<Path> weightsInside() throws IOException {
    Path cells = path.resolve("cells");
    try (Stream<Path> each = Files.isDirectory(cells) ? Files.list(cells) : Stream.empty()) {
      return Stream.concat(
              Stream.of(path.resolve("tokenizer"), SavedTokenizer.ofCell(path)),
              each.sorted().map(SavedTokenizer::ofCell))
          .filter(WeightsFolder::written)
          .findFirst();
    }
  }

  private SavedTokenizer read() throws IOException {
    return WeightsJson.read(
        path.resolve(SavedTokenizer.FILE),
        SavedTokenizer.class,
        "tokenizer",
        saved -> saved.tokenizer() != null && saved.settings() != null);
  }
}
