package dev.vernier.harness.codes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.hashing.FolderHash;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.Split;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/**
 * The codes of one tokenizer on one dataset, each split written when it is first asked for, by
 * whichever process asks first: others wait for it.
 */
public final class CodeFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Path folder;
  private final Path weights;
  private final TokenizerSpec spec;
  private final ImageDataset dataset;

  /**
   * A folder of codes, which need not exist.
   *
   * @param weights where the tokenizer is saved
   * @param spec what it is
   */
  public CodeFolder(Path folder, Path weights, TokenizerSpec spec, ImageDataset dataset) {
    this.folder = folder;
    this.weights = weights;
    this.spec = spec;
    this.dataset = dataset;
  }

  /** Opens the tokenizer where its codes are not there yet; the caller of it closes it. */
  @FunctionalInterface
  public interface Opening {
    /** The tokenizer. */
    Tokenizer open() throws IOException;
  }

  /**
   * What a file of codes holds.
   *
   * @param source what it was made from
   * @param hash SHA-256 of the file
   */
  private record Content(CodeSource source, String hash) {}

  /**
   * The codes of a split; made anew where those that are there are damaged or of something else.
   */
  @SuppressWarnings("try") // the lock is held, never used
  public Codes of(Split split, Opening tokenizer, Progress progress) throws IOException {
    String name = split.name().toLowerCase(Locale.ROOT);
    CodeSource source =
        CodeSource.of(
            spec, FolderHash.of(weights), dataset.spec().hash(), name, dataset.size(split));
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Optional<Codes> kept = kept(name, source);
      return kept.isPresent() ? kept.get() : write(split, source, tokenizer, progress);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".codes");
  }

  private Path contentFile(String name) {
    return folder.resolve(name + ".json");
  }

  private Optional<Codes> kept(String name, CodeSource source) throws IOException {
    Path about = contentFile(name);
    if (!Files.exists(about) || !Files.exists(file(name))) {
      return Optional.empty();
    }
    try {
      Content content = JSON.readValue(about.toFile(), Content.class);
      boolean good =
          source.equals(content.source()) && Sha256.ofFile(file(name)).equals(content.hash());
      return good ? Optional.of(new Codes(file(name), source, content.hash())) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private Codes write(Split split, CodeSource source, Opening opening, Progress progress)
      throws IOException {
    Path file = file(source.split());
    String hash;
    try (Tokenizer tokenizer = opening.open()) {
      hash = new Encoding(tokenizer, dataset, split, source).write(file, progress);
    }
    ResultFiles.writeWhole(
        contentFile(source.split()), JSON.writeValueAsBytes(new Content(source, hash)));
    return new Codes(file, source, hash);
  }
}
