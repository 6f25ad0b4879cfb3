package dev.vernier.harness.experiments;

import dev.vernier.harness.data.ImageFiles;
import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.hashing.FolderHash;
import dev.vernier.harness.onnx.OnnxTokenizer;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.weights.Asker;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.records.Given;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A method that a run takes as it is: trained before, here or elsewhere.
 *
 * @param tokenizer name of the plugin, or what takes its place
 * @param settings every setting of it after defaults
 * @param given what it is, where it lies, and its hash
 */
public record GivenMethod(String tokenizer, Map<String, String> settings, Given given) {
  /** What stands for the tokenizer's name where only its reconstructions are there. */
  public static final String RECONSTRUCTIONS = "reconstructions";

  /**
   * Weights that were looked at.
   *
   * @param saved what they are; settings may be missing
   * @throws UsageException if a setting is unknown or wrong
   */
  public static GivenMethod of(Path weights, SavedTokenizer saved, Plugins plugins)
      throws IOException {
    Settings settings =
        Settings.of(plugins.tokenizer(saved.tokenizer()).settings(), saved.settings());
    return new GivenMethod(
        saved.tokenizer(),
        settings.asText(),
        Given.weights(absolute(weights), FolderHash.of(weights)));
  }

  /**
   * The one of a method.
   *
   * @throws UsageException if it is not there, or it does not say what it is and the method does
   *     not either
   */
  public static GivenMethod of(Experiment.Method method, Plugins plugins) throws IOException {
    try {
      GivenSource source = method.source();
      if (source.onnx() != null) {
        return onnx(source);
      }
      if (source.reconstructions() != null) {
        return reconstructions(source);
      }
      Path weights = Path.of(source.weights());
      SavedTokenizer saved =
          SavedTokenizer.of(weights, method.tokenizer(), Asker.EXPERIMENT, plugins);
      return of(weights, saved.with(method.settings()), plugins);
    } catch (UsageException e) {
      throw new UsageException(method.name() + ": " + e.getMessage(), e);
    }
  }

  private static GivenMethod onnx(GivenSource source) throws IOException {
    Map<String, String> own = new LinkedHashMap<>();
    own.put(OnnxTokenizer.CODEBOOKS, codebooks(source));
    putIfThere(own, "range", source.onnx().range());
    putIfThere(own, "decoded-range", source.onnx().decodedRange());
    return of(
        OnnxTokenizer.NAME,
        Settings.of(OnnxTokenizer.settings(), own),
        Given.Kind.ONNX,
        source.onnx().encoder(),
        source.onnx().decoder());
  }

  private static GivenMethod reconstructions(GivenSource source) throws IOException {
    Map<String, String> own = new LinkedHashMap<>();
    if (!source.codebooks().isEmpty()) {
      own.put(OnnxTokenizer.CODEBOOKS, codebooks(source));
    }
    putIfThere(own, "downsampling", source.downsampling());
    return of(
        RECONSTRUCTIONS,
        Settings.of(ReconstructionOrigin.schema(), own),
        Given.Kind.RECONSTRUCTIONS,
        source.reconstructions(),
        source.codes());
  }

  private static String codebooks(GivenSource source) {
    return String.join(",", source.codebooks());
  }

  private static void putIfThere(Map<String, String> settings, String name, String text) {
    if (text != null) {
      settings.put(name, text);
    }
  }

  private static GivenMethod of(
      String name, Settings settings, Given.Kind kind, String path, String beside)
      throws IOException {
    String first = absolute(Path.of(path));
    String second = beside == null ? null : absolute(Path.of(beside));
    return new GivenMethod(
        name, settings.asText(), new Given(kind, first, second, hash(kind, first, second)));
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  /**
   * The hash of what is given: its content, wherever it lies.
   *
   * @param beside what else belongs to it; null for nothing
   * @throws UsageException if a file is not there
   */
  static String hash(Given.Kind kind, String path, String beside) throws IOException {
    return switch (kind) {
      case WEIGHTS -> FolderHash.of(Path.of(path));
      case ONNX -> {
        ContentHash hash = new ContentHash();
        OnnxTokenizer.hashes(Path.of(path), Path.of(beside)).forEach(hash::add);
        yield hash.hexadecimal();
      }
      case RECONSTRUCTIONS -> {
        String images = images(Path.of(path));
        yield beside == null
            ? images
            : new ContentHash().add(images).add(file(Path.of(beside))).hexadecimal();
      }
    };
  }

  /**
   * The hash of images, names included: a folder of them or a file.
   *
   * @throws UsageException if there are none
   */
  public static String images(Path source) throws IOException {
    if (!Files.isDirectory(source)) {
      return file(source);
    }
    ContentHash hash = new ContentHash();
    for (String name : ImageFiles.of(source).names()) {
      hash.add(name).add(Sha256.ofFile(source.resolve(name)));
    }
    return hash.hexadecimal();
  }

  private static String file(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("there is no " + file + ": check the path");
    }
    return Sha256.ofFile(file);
  }
}
