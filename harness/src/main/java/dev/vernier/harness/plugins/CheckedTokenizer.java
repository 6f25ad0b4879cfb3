package dev.vernier.harness.plugins;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.UsageException;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A tokenizer whose answers are looked at before numbers are made of them: images of another layout
 * have as many values, and would be measured as bad ones.
 *
 * @param tokenizer stays the caller's
 */
public record CheckedTokenizer(Tokenizer tokenizer) {
  /**
   * The tokens of images.
   *
   * @param images {@code [N, 3, H, W]}
   * @throws UsageException if they are not of as many images, or not as the tokenizer says of
   *     itself
   */
  public Tokens encode(INDArray images) {
    Tokens tokens = tokenizer.encode(images);
    TokenizerSpec spec = tokenizer.spec();
    if (tokens == null) {
      throw wrong("encode returned null");
    }
    if (tokens.batch() != images.size(0)) {
      throw wrong(
          "encode returned tokens of %d images for %d".formatted(tokens.batch(), images.size(0)));
    }
    if (!tokens.subCodebooks().equals(spec.subCodebooks())) {
      throw wrong(
          "encode returned tokens of %s, its spec says %s"
              .formatted(tokens.subCodebooks(), spec.subCodebooks()));
    }
    if (spec.downsampling() > 0
        && (tokens.height() != spec.gridHeight() || tokens.width() != spec.gridWidth())) {
      throw wrong(
          "encode returned a grid of %d x %d tokens, its spec says %d x %d"
              .formatted(tokens.height(), tokens.width(), spec.gridHeight(), spec.gridWidth()));
    }
    return tokens;
  }

  /**
   * The images of tokens.
   *
   * @return {@code [N, 3, H, W]}; the caller closes it
   * @throws UsageException if the array has another shape
   */
  public INDArray decode(Tokens tokens) {
    return checked(tokenizer.decode(tokens), tokens.batch());
  }

  /** Images that were decoded in some other way; closed where they have another shape. */
  public INDArray checked(INDArray images, int count) {
    if (images == null) {
      throw wrong("decode returned null");
    }
    ImageSize size = tokenizer.spec().imageSize();
    long[] expected = {count, 3, size.height(), size.width()};
    long[] shape = images.shape();
    if (!Arrays.equals(shape, expected)) {
      images.close();
      throw wrong(
          "decode returned an array %s, it must be %s"
              .formatted(Arrays.toString(shape), Arrays.toString(expected)));
    }
    return images;
  }

  private UsageException wrong(String what) {
    return new UsageException(tokenizer.spec().name() + ": " + what + ": correct the plugin");
  }
}
