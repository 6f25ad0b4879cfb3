package dev.vernier.harness.weights;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vernier.harness.hashing.FolderHash;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What some weights of a generator are.
 *
 * @param generator name of the plugin
 * @param settings by which it loads them; those that are not there have their defaults
 * @param tokenizer hash of the weights of the tokenizer whose codes it was trained on, as {@link
 *     FolderHash} has it; null where nobody knows
 */
public record SavedGenerator(
    String generator,
    Map<String, String> settings,
    @JsonInclude(JsonInclude.Include.NON_NULL) String tokenizer) {
  /** What lies beside weights that a run has trained: this, as JSON. */
  public static final String FILE = "generator.json";

  /** Where a cell, given by its folder, keeps the generator that it has trained. */
  public static Path ofCell(Path cell) {
    return cell.resolve("state").resolve("generator");
  }

  /**
   * Finds out.
   *
   * @param weights a folder that training wrote, or a file
   * @param name of the generator that the user named, or null
   * @param prefix how keys of its settings begin
   * @param given the user's settings, by the name behind it, which say what a file does not
   * @throws UsageException if they belong to another one or say their settings themselves, or say
   *     nothing and the user named none
   */
  public static SavedGenerator of(
      Path weights, String name, String prefix, Map<String, String> given) throws IOException {
    refuseParts(weights);
    Path file = weights.resolve(FILE);
    if (Files.isRegularFile(file)) {
      SavedGenerator saved =
          WeightsJson.read(
              file,
              SavedGenerator.class,
              "generator",
              each -> each.generator != null && each.settings != null);
      if (name != null && !name.equals(saved.generator)) {
        throw new UsageException(
            weights
                + " belongs to "
                + saved.generator
                + ", not to "
                + name
                + ": leave --generator out");
      }
      WeightsFolder.refuseSettings(weights, prefix, given);
      return saved;
    }
    if (name == null) {
      throw new UsageException(
          weights + " does not say which generator it belongs to: name it with --generator");
    }
    return new SavedGenerator(name, given, null);
  }

  private static void refuseParts(Path weights) {
    if (Files.exists(weights.resolve("cell.json"))) {
      throw new UsageException(weights + " is the cell of a run: use --cell " + weights);
    }
    Path folder = weights.toAbsolutePath().getParent();
    boolean part = Files.isRegularFile(weights) && folder != null;
    if (part && Files.exists(folder.resolve(FILE))) {
      throw new UsageException(
          weights + " is one of the files that a training wrote: use --weights " + folder);
    }
  }

  /**
   * The generator; the caller closes it.
   *
   * @throws UsageException if the weights do not fit, or are damaged
   */
  public Generator load(Path weights, Plugins plugins) throws IOException {
    new Checksums(weights).check();
    GeneratorProvider provider = plugins.generator(generator);
    return provider.load(Settings.of(provider.settings(), settings), weights);
  }

  /** What loading them takes for granted, a line each. */
  public List<String> assumptions(Path weights, Plugins plugins) throws IOException {
    GeneratorProvider provider = plugins.generator(generator);
    return Stream.concat(
            provider.assumptions(Settings.of(provider.settings(), settings), weights).stream(),
            new Checksums(weights).missingBeside(FILE).stream())
        .toList();
  }

  /**
   * What is said where a tokenizer is to decode the codes of another one.
   *
   * @param decoder its weights
   * @param hash of these
   */
  public Optional<String> otherTokenizer(Path decoder, String hash) {
    return tokenizer == null || tokenizer.equals(hash)
        ? Optional.empty()
        : Optional.of(
            "the generator was trained on the codes of another tokenizer than "
                + decoder
                + ": what is drawn may show nothing");
  }

  /**
   * Writes a generator with this and the hashes of all files beside it.
   *
   * @param weights the folder
   * @throws UsageException if the plugin saved nothing of a model that has parameters
   */
  public void write(Generator open, Path weights) throws IOException {
    new Checksums(weights)
        .write(
            () -> {
              open.save(weights);
              SavedFiles.require(weights, generator, open.spec().parameters(), FILE);
              WeightsJson.write(weights.resolve(FILE), this);
            });
  }
}
