package dev.vernier.tokenizers.vq.lbg;

import dev.vernier.autoencoder.AutoencoderTokenizer;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A codebook of patches: encodes to the nearest by squared error, decodes by copying. */
final class LbgTokenizer implements Tokenizer {
  private final LbgSettings settings;
  private final PatchGrid grid;
  private final float[] codes;
  private final PatchSearch search;

  /**
   * A tokenizer.
   *
   * @param codes {@code [K, D]}; not to be changed afterwards
   */
  LbgTokenizer(LbgSettings settings, PatchGrid grid, float[] codes) {
    this.settings = settings;
    this.grid = grid;
    this.codes = codes;
    this.search = new PatchSearch(codes, grid);
  }

  static LbgTokenizer load(LbgSettings settings, Path weights) throws IOException {
    CodesFile.Contents file =
        new CodesFile(AutoencoderTokenizer.weightFile(weights), settings).read();
    return new LbgTokenizer(settings, file.grid(), file.codes());
  }

  /** The description of a tokenizer with these settings. */
  static TokenizerSpec spec(LbgSettings settings, PatchGrid grid) {
    return new TokenizerSpec(
        LbgProvider.NAME,
        grid.imageSize(),
        settings.side(),
        settings.subCodebooks(),
        settings.dimension(),
        (long) settings.size() * settings.dimension());
  }

  @Override
  public TokenizerSpec spec() {
    return spec(settings, grid);
  }

  @Override
  public Tokens encode(INDArray images) {
    TokenizerSpec spec = spec();
    ImageSize size = grid.imageSize();
    if (images.rank() != 4
        || !Arrays.equals(
            images.shape(), new long[] {images.size(0), 3, size.height(), size.width()})) {
      throw new IllegalArgumentException(
          "images of shape " + Arrays.toString(images.shape()) + " do not fit " + spec);
    }
    int count = (int) images.size(0);
    int[] indices = new int[count * grid.places()];
    try (INDArray rows = images.dup('c')) {
      float[] pixels = Floats.all(rows);
      Parallel.forEach(count, n -> encode(pixels, n, indices));
    }
    return new Tokens(indices, count, spec.subCodebooks(), spec.gridHeight(), spec.gridWidth());
  }

  private void encode(float[] pixels, int number, int[] indices) {
    int length = grid.places() * grid.dimension();
    float[] image = Arrays.copyOfRange(pixels, number * length, (number + 1) * length);
    PatchSearch.Query query = search.query();
    float[] patch = new float[grid.dimension()];
    for (int place = 0; place < grid.places(); place++) {
      for (int i = 0; i < patch.length; i++) {
        patch[i] = image[grid.index(place, i)];
      }
      indices[number * grid.places() + place] = query.nearest(patch, 0);
    }
  }

  @Override
  public INDArray decode(Tokens tokens) {
    TokenizerSpec spec = spec();
    if (!tokens.subCodebooks().equals(spec.subCodebooks())
        || tokens.height() != spec.gridHeight()
        || tokens.width() != spec.gridWidth()) {
      throw new IllegalArgumentException(tokens + " are not tokens of " + spec);
    }
    ImageSize size = grid.imageSize();
    int[] indices = tokens.toArray();
    float[] images = new float[indices.length * grid.dimension()];
    for (int n = 0; n < indices.length; n++) {
      int image = n / grid.places() * grid.places() * grid.dimension();
      for (int i = 0; i < grid.dimension(); i++) {
        images[image + grid.index(n % grid.places(), i)] = codes[indices[n] * grid.dimension() + i];
      }
    }
    return Nd4j.createFromArray(images).reshape(tokens.batch(), 3, size.height(), size.width());
  }

  @Override
  public void save(Path folder) throws IOException {
    new CodesFile(AutoencoderTokenizer.weightFile(folder), settings).write(codes, grid, Map.of());
  }

  /** Holds no native memory. */
  @Override
  public void close() {}
}
