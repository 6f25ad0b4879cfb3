package dev.vernier.harness.codes;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The codes of a patch of 2 x 2 pixels are the levels of red and green in its first corner. */
final class CornerTokenizer implements Tokenizer {
  /** Of its images; large enough for ten crops that differ. */
  static final ImageSize SIZE = new ImageSize(20, 30);

  private static final int FACTOR = 2;

  @Override
  public TokenizerSpec spec() {
    return new TokenizerSpec(
        "corner",
        SIZE,
        FACTOR,
        List.of(new SubCodebook("red", 256), new SubCodebook("green", 256)),
        1,
        0);
  }

  @Override
  public Tokens encode(INDArray images) {
    int batch = (int) images.size(0);
    int rows = spec().gridHeight();
    int columns = spec().gridWidth();
    int[] indices = new int[batch * 2 * rows * columns];
    int at = 0;
    for (int n = 0; n < batch; n++) {
      for (int c = 0; c < 2; c++) {
        for (int y = 0; y < rows; y++) {
          for (int x = 0; x < columns; x++) {
            double value = images.getDouble(n, c, FACTOR * y, FACTOR * x);
            indices[at++] = (int) Math.round((value + 1) * 127.5);
          }
        }
      }
    }
    return new Tokens(indices, batch, spec().subCodebooks(), rows, columns);
  }

  @Override
  public INDArray decode(Tokens tokens) {
    throw new UnsupportedOperationException("codes are never decoded here");
  }

  @Override
  public void save(Path folder) {
    throw new UnsupportedOperationException("there is nothing to save");
  }

  @Override
  public void close() {
    // Nothing to free.
  }
}
