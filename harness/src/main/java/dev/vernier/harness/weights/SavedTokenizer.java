package dev.vernier.harness.weights;

import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerLoader;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What some weights are.
 *
 * @param tokenizer name of the plugin
 * @param settings by which it loads them; those that are not there have their defaults
 */
public record SavedTokenizer(String tokenizer, Map<String, String> settings) {
  /** What lies beside weights that a run has trained: this, as JSON. */
  public static final String FILE = "tokenizer.json";

  /** Where a cell, given by its folder, keeps the tokenizer that it has trained. */
  public static Path ofCell(Path cell) {
    return cell.resolve("state").resolve("tokenizer");
  }

  /**
   * Finds out.
   *
   * @param weights a folder that training wrote, or a checkpoint file
   * @param name of the tokenizer that the user named, or null
   * @param asker who named the weights
   * @throws UsageException if there are none, they belong to another tokenizer, or they do not say
   *     what they are and the user named none
   */
  public static SavedTokenizer of(Path weights, String name, Asker asker, Plugins plugins)
      throws IOException {
    if (weights.toString().isBlank()) {
      throw new UsageException(
          asker.weights() + " is empty: name a folder that training wrote, or a checkpoint file");
    }
    if (!Files.exists(weights)) {
      throw new UsageException("there are no weights " + weights + ": check " + asker.weights());
    }
    if (Files.isDirectory(weights)) {
      return new WeightsFolder(weights, asker).describe(name);
    }
    WeightsFolder.refusePart(weights, asker);
    return new PublishedFile(weights, asker, plugins).describe(name);
  }

  /** The same with settings over its own. */
  public SavedTokenizer with(Map<String, String> over) {
    Map<String, String> both = new LinkedHashMap<>(settings);
    both.putAll(over);
    return new SavedTokenizer(tokenizer, both);
  }

  /**
   * The tokenizer; the caller closes it.
   *
   * @throws UsageException if the weights do not fit, or are damaged
   */
  public Tokenizer load(Path weights, Plugins plugins) throws IOException {
    return load(weights, plugins, Optional.empty());
  }

  /**
   * The same for images of a size, where the weights bind the tokenizer to none.
   *
   * @throws UsageException if the weights do not fit
   */
  public Tokenizer load(Path weights, Plugins plugins, ImageSize imageSize) throws IOException {
    return load(weights, plugins, Optional.of(imageSize));
  }

  /** Either of both. */
  public Tokenizer load(Path weights, Plugins plugins, Optional<ImageSize> imageSize)
      throws IOException {
    new Checksums(weights).check();
    TokenizerLoader loader = plugins.tokenizer(tokenizer);
    Settings own = Settings.of(loader.settings(), settings);
    return imageSize.isPresent()
        ? loader.load(own, weights, imageSize.get())
        : loader.load(own, weights);
  }

  /** What loading them takes for granted, a line each. */
  public List<String> assumptions(Path weights, Plugins plugins) throws IOException {
    TokenizerLoader loader = plugins.tokenizer(tokenizer);
    return Stream.concat(
            loader.assumptions(Settings.of(loader.settings(), settings), weights).stream(),
            new Checksums(weights).missingBeside(FILE).stream())
        .toList();
  }

  /**
   * Writes a tokenizer with this and the hashes of all files beside it.
   *
   * @param weights the folder
   * @throws UsageException if the plugin saved nothing of a model that has parameters
   */
  public void write(Tokenizer open, Path weights) throws IOException {
    new Checksums(weights)
        .write(
            () -> {
              open.save(weights);
              SavedFiles.require(weights, tokenizer, open.spec().parameters(), FILE);
              WeightsJson.write(weights.resolve(FILE), this);
            });
  }
}
