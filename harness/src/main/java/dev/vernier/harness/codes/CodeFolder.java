package dev.vernier.harness.codes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.harness.files.GrowingFile;
import dev.vernier.harness.hashing.ContentHash;
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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/**
 * The codes of one tokenizer on one dataset, each split written when it is first asked for, by
 * whichever process asks first: others wait for it.
 */
public final class CodeFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HASH_LENGTH = 12;
  private final Path folder;
  private final String weights;
  private final String code;
  private final TokenizerSpec spec;
  private final ImageDataset dataset;

  /**
   * A folder of codes, which need not exist.
   *
   * @param weights hash of the tokenizer's weights
   * @param code hash of the code that encodes: what another encoded is not continued
   * @param spec what it is
   */
  public CodeFolder(
      Path folder, String weights, String code, TokenizerSpec spec, ImageDataset dataset) {
    this.folder = folder;
    this.weights = weights;
    this.code = code;
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
   * @param seconds that encoding took
   */
  private record Content(CodeSource source, String hash, double seconds) {}

  /**
   * The codes of a split; made anew where those that are there are damaged or of something else.
   *
   * @param tenCrop whether of ten crops of each image; of the training split only
   * @param between called between parts of encoding; may throw to stop, and what is encoded is kept
   */
  @SuppressWarnings("try") // the lock is held, never used
  public Codes of(
      Split split, boolean tenCrop, Opening tokenizer, Runnable between, Progress progress)
      throws IOException {
    if (tenCrop && split != Split.TRAIN) {
      throw new IllegalArgumentException("there are no ten crops of " + split + " images");
    }
    CodeSource source =
        CodeSource.of(
            spec,
            weights,
            code,
            dataset.spec().hash(),
            split.name().toLowerCase(Locale.ROOT),
            dataset.size(split),
            tenCrop);
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Optional<Codes> kept = kept(source);
      return kept.isPresent() ? kept.get() : write(split, source, tokenizer, between, progress);
    }
  }

  private static String name(CodeSource source) {
    return source.split() + (source.tenCrop() ? "-ten-crop" : "");
  }

  private Path file(CodeSource source) {
    return folder.resolve(name(source) + ".codes");
  }

  private Path contentFile(CodeSource source) {
    return folder.resolve(name(source) + ".json");
  }

  private Optional<Codes> kept(CodeSource source) throws IOException {
    Path about = contentFile(source);
    if (!Files.exists(about) || !Files.exists(file(source))) {
      return Optional.empty();
    }
    try {
      Content content = JSON.readValue(about.toFile(), Content.class);
      boolean good =
          source.equals(content.source()) && Sha256.ofFile(file(source)).equals(content.hash());
      return good ? Optional.of(codes(content)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private Codes codes(Content content) throws IOException {
    Path file = file(content.source());
    return new Codes(file, content.source(), content.hash(), content.seconds());
  }

  private Codes write(
      Split split, CodeSource source, Opening opening, Runnable between, Progress progress)
      throws IOException {
    Path beside = unfinished(source);
    double seconds;
    try (Tokenizer tokenizer = opening.open();
        GrowingFile growing = new GrowingFile(beside, source.bytes())) {
      new Encoding(tokenizer, dataset, split, source).write(growing, between, progress);
      seconds = growing.position().seconds();
    }
    Content content = new Content(source, Sha256.ofFile(beside), seconds);
    Files.move(beside, file(source), StandardCopyOption.REPLACE_EXISTING);
    ResultFiles.writeWhole(contentFile(source), JSON.writeValueAsBytes(content));
    Files.deleteIfExists(GrowingFile.positionFile(beside));
    return codes(content);
  }

  /** Where codes grow: of other weights, code or data elsewhere, since they cannot be continued. */
  private Path unfinished(CodeSource source) {
    String hash = new ContentHash().add(source.toString()).hexadecimal();
    return folder.resolve(name(source) + "." + hash.substring(0, HASH_LENGTH) + ".unfinished");
  }
}
