package dev.vernier.tokenizers.vq.lbg;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.UsageException;
import dev.vernier.weights.Safetensors;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A file of codes, {@code [K, 3, side, side]}, which says what images they are for. It appears
 * whole.
 *
 * @param path the file
 * @param settings what the codes must fit
 */
record CodesFile(Path path, LbgSettings settings) {
  private static final String CODES = "codebook";
  private static final String IMAGE_SIZE = "image-size";

  /**
   * What a file holds.
   *
   * @param codes {@code [K, D]}
   * @param grid of the images they are for
   * @param state what else was written
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Contents(float[] codes, PatchGrid grid, Map<String, String> state) {}

  void write(float[] codes, PatchGrid grid, Map<String, String> state) throws IOException {
    Map<String, String> metadata = new HashMap<>(state);
    metadata.put(IMAGE_SIZE, grid.imageSize().text());
    Safetensors.write(path, Map.of(CODES, new Safetensors.Tensor(shape(), codes)), metadata);
  }

  private long[] shape() {
    return new long[] {settings.size(), 3, settings.side(), settings.side()};
  }

  /**
   * Reads the file.
   *
   * @throws UsageException if it is damaged or does not fit the settings
   */
  Contents read() throws IOException {
    try (WeightFile file = WeightFile.open(path)) {
      if (!Arrays.equals(file.shape(CODES), shape())) {
        throw new UsageException(
            path
                + " has codes of shape "
                + Arrays.toString(file.shape(CODES))
                + ", the settings ask for "
                + Arrays.toString(shape())
                + ": use the settings it was trained with");
      }
      float[] codes = file.read(CODES);
      return new Contents(codes, settings.grid(imageSize(file)), file.metadata());
    }
  }

  private ImageSize imageSize(WeightFile file) {
    try {
      return ImageSize.parse(file.metadata().getOrDefault(IMAGE_SIZE, ""));
    } catch (UsageException e) {
      throw damaged(e);
    }
  }

  private UsageException damaged(UsageException cause) {
    return new UsageException(
        path + " is not a file of codes and their image size: restore it, or train again", cause);
  }
}
