package dev.vernier.harness.data;

import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.UsageException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Labelled scenes made on the spot: textured backgrounds with shaded shapes on them, sixty classes
 * by the kind of shape and its hue. Shades, textures, sizes and places vary continuously, so a
 * larger codebook pays off. The same pixels on every machine.
 */
public final class SyntheticProvider implements DatasetProvider {
  private static final Setting<Integer> IMAGE_SIZE =
      Setting.integer("image-size", 32, 8, 512, "height and width in pixels");
  private static final Setting<Integer> TRAINING =
      Setting.integer("training-images", 8192, 1, 1_000_000, "number of training images");
  private static final Setting<Integer> VALIDATION =
      Setting.integer("validation-images", 2048, 1, 1_000_000, "number of validation images");
  private static final Setting<Integer> SEED =
      Setting.integer("seed", 1, 0, Integer.MAX_VALUE, "of the scenes");

  @Override
  public String name() {
    return "synthetic";
  }

  @Override
  public String description() {
    return "synthetic, labelled scenes made on the spot from a seed; 60 classes";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(IMAGE_SIZE, TRAINING, VALIDATION, SEED);
  }

  @Override
  public ImageDataset open(String location, Settings settings) {
    if (!location.isEmpty()) {
      throw new UsageException(
          "the synthetic dataset has no location '"
              + location
              + "': use --data synthetic, and --set data.image-size=N to change it");
    }
    int size = settings.get(IMAGE_SIZE);
    long seed = settings.get(SEED);
    List<LabelledImage> training = scenes("train", seed, size, settings.get(TRAINING));
    List<LabelledImage> validation = scenes("val", ~seed, size, settings.get(VALIDATION));
    String hash = ImagesInMemory.hash(training, validation);
    DatasetSpec spec = new DatasetSpec(name(), size, Scene.CLASSES, hash);
    return new ImagesInMemory(spec, training, validation);
  }

  private static List<LabelledImage> scenes(String split, long seed, int size, int count) {
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(
            index -> {
              int label = index % Scene.CLASSES.size();
              SplittableRandom random =
                  new SplittableRandom(
                      new SplittableRandom(seed).nextLong() ^ (0x9E3779B97F4A7C15L * (index + 1)));
              byte[] rgb = Scene.of(label, random).render(size);
              return new LabelledImage(split + "/" + index, label, size, rgb);
            })
        .toList();
  }
}
