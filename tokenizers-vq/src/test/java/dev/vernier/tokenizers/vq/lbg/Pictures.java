package dev.vernier.tokenizers.vq.lbg;

import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Split;
import dev.vernier.spi.TrainingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Images to learn from; there are no others to look at.
 *
 * @param size side in pixels
 * @param training their bytes
 */
record Pictures(int size, List<byte[]> training) implements ImageDataset {
  /** Images of smooth noise. */
  static Pictures clouds(int size, int count) {
    return new Pictures(
        size, IntStream.range(0, count).mapToObj(seed -> cloud(size, seed)).toList());
  }

  private static byte[] cloud(int size, int seed) {
    Random random = new Random(seed);
    byte[] rgb = new byte[3 * size * size];
    double value = 128;
    for (int i = 0; i < rgb.length; i++) {
      value = Math.max(0, Math.min(255, value + 12 * random.nextGaussian()));
      rgb[i] = (byte) (int) value;
    }
    return rgb;
  }

  /** Images of patches that have one value each, the patches of all together in this order. */
  static Pictures flat(int size, int side, int... values) {
    PatchGrid grid = new PatchGrid(ImageSize.square(size), side);
    return new Pictures(
        size,
        IntStream.range(0, values.length / grid.places())
            .mapToObj(
                n -> {
                  byte[] rgb = new byte[3 * size * size];
                  for (int place = 0; place < grid.places(); place++) {
                    for (int i = 0; i < grid.dimension(); i++) {
                      rgb[grid.index(place, i)] = (byte) values[n * grid.places() + place];
                    }
                  }
                  return rgb;
                })
            .toList());
  }

  TrainingContext context(long seed) {
    return new TrainingContext(
        this,
        1,
        1,
        seed,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Path.of(""),
        false);
  }

  /** All training images; the caller closes them. */
  INDArray array() {
    return Pixels.toArray(
        IntStream.range(0, training.size()).mapToObj(i -> image(Split.TRAIN, i)).toList());
  }

  @Override
  public DatasetSpec spec() {
    return new DatasetSpec("pictures", ImageSize.square(size), List.of(), "none");
  }

  @Override
  public int size(Split split) {
    return training.size();
  }

  @Override
  public LabelledImage image(Split split, int index) {
    if (split != Split.TRAIN) {
      throw new AssertionError("validation images were looked at");
    }
    return new LabelledImage(
        String.valueOf(index), -1, ImageSize.square(size), training.get(index));
  }

  @Override
  public LabelledImage augmented(int index, RandomGenerator random) {
    throw new AssertionError("an augmented image was looked at");
  }
}
