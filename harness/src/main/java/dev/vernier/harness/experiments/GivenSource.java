package dev.vernier.harness.experiments;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where that comes from which a method is given in place of training it, one of three, as a user
 * names it. What is not named is null, or empty.
 *
 * @param weights a folder that training wrote, or a checkpoint file
 * @param onnx an encoder and a decoder
 * @param reconstructions a folder of images, or a {@code .npz} or {@code .npy} file
 * @param codes a {@code .npy} file, which belongs to reconstructions
 * @param codebooks sizes of the sub-codebooks of ONNX files or reconstructions
 * @param downsampling of reconstructions, where there are no codes
 */
public record GivenSource(
    String weights,
    Onnx onnx,
    String reconstructions,
    String codes,
    List<String> codebooks,
    String downsampling) {
  /** Nothing: the method is trained. */
  public static final GivenSource NONE = new GivenSource(null, null, null, null, null, null);

  /**
   * Two ONNX files.
   *
   * @param encoder from images to indices
   * @param decoder from indices to images
   * @param range what the encoder's colours are; null for the usual
   * @param decodedRange what the decoder's colours are; null for the same
   */
  public record Onnx(
      String encoder,
      String decoder,
      String range,
      @JsonProperty("decoded-range") String decodedRange) {
    private Onnx in(Path folder) {
      return new Onnx(
          GivenSource.in(folder, encoder), GivenSource.in(folder, decoder), range, decodedRange);
    }
  }

  /** Copies the list; an absent one becomes empty. */
  public GivenSource {
    codebooks = codebooks == null ? List.of() : List.copyOf(codebooks);
  }

  /** Weights. */
  public static GivenSource ofWeights(String weights) {
    return new GivenSource(weights, null, null, null, null, null);
  }

  /** Images alone. */
  public static GivenSource ofReconstructions(String images) {
    return new GivenSource(null, null, images, null, null, null);
  }

  /** Whether anything is named. */
  boolean any() {
    return kinds().findAny().isPresent();
  }

  /** The keys of what is named, of which one is enough. */
  Stream<String> kinds() {
    return Stream.of(
            Map.entry("weights", weights != null),
            Map.entry("onnx", onnx != null),
            Map.entry("reconstructions", reconstructions != null))
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey);
  }

  /** Whether the tokenizer itself is there, so that others can stand on it. */
  boolean decodes() {
    return weights != null || onnx != null;
  }

  /**
   * What else has to be said.
   *
   * @return the key that lacks it, and what is wrong; empty where all is there
   */
  public Optional<Map.Entry<String, String>> lacking() {
    if (onnx != null && codebooks.isEmpty()) {
      return Optional.of(
          Map.entry(
              "onnx",
              "'onnx' needs 'codebooks', the sizes of the sub-codebooks, which the files do not say"));
    }
    if (codes != null && codebooks.isEmpty()) {
      return Optional.of(
          Map.entry("codes", "'codes' need 'codebooks', the sizes of the sub-codebooks"));
    }
    if (reconstructions != null && !codebooks.isEmpty() && codes == null && downsampling == null) {
      return Optional.of(
          Map.entry(
              "codebooks",
              "'codebooks' without 'codes' need 'downsampling', the factor between the sides of an"
                  + " image and of its grid of codes"));
    }
    return Optional.empty();
  }

  /** What is wrong with the sizes of the sub-codebooks; empty where nothing is. */
  public Optional<String> wrongSizes() {
    return codebooks.stream()
        .filter(size -> !isSize(size))
        .findFirst()
        .map(
            size ->
                "'codebooks' cannot hold '%s': a size is a whole number from 1 to %d"
                    .formatted(size, Integer.MAX_VALUE));
  }

  private static boolean isSize(String text) {
    try {
      return Integer.parseInt(text.strip()) >= 1;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** The same below a folder, but for absolute paths. */
  GivenSource in(Path folder) {
    return new GivenSource(
        in(folder, weights),
        onnx == null ? null : onnx.in(folder),
        in(folder, reconstructions),
        in(folder, codes),
        codebooks,
        downsampling);
  }

  private static String in(Path folder, String path) {
    return path == null || path.isBlank() ? path : folder.resolve(path).normalize().toString();
  }
}
