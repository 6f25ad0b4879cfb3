package dev.vernier.harness.data;

import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.Declared;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
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
  /** Its settings. */
  private record Options(
      @Declared(
              byDefault = "32",
              from = 8,
              to = 512,
              meaning = "height and width in pixels, the centre of the scene where they differ")
          ImageSize imageSize,
      @Declared(byDefault = "8192", from = 1, to = 1_000_000, meaning = "number of training images")
          int trainingImages,
      @Declared(
              byDefault = "2048",
              from = 1,
              to = 1_000_000,
              meaning = "number of validation images")
          int validationImages,
      @Declared(byDefault = "1", meaning = "of the scenes") long seed) {}

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
    return Setting.of(Options.class);
  }

  @Override
  public ImageDataset open(String location, Settings settings) {
    if (!location.isEmpty()) {
      throw new UsageException(
          "the synthetic dataset has no location '"
              + location
              + "': use --data synthetic, and --set data.image-size=N or HxW to change it");
    }
    Options own = settings.bind(Options.class);
    ImageSize size = own.imageSize();
    long seed = own.seed();
    List<LabelledImage> training = scenes("train", seed, size, own.trainingImages());
    List<LabelledImage> validation = scenes("val", ~seed, size, own.validationImages());
    String hash = ImagesInMemory.hash(training, validation);
    DatasetSpec spec = new DatasetSpec(name(), size, Scene.CLASSES, hash);
    return new ImagesInMemory(spec, training, validation);
  }

  private static List<LabelledImage> scenes(String split, long seed, ImageSize size, int count) {
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
