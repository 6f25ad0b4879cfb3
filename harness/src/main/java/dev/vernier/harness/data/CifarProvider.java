package dev.vernier.harness.data;

import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * CIFAR-10 (Krizhevsky 2009) from the official binary files: {@code data_batch_*.bin} for training,
 * {@code test_batch.bin} for validation; a record is one label byte and 3 x 32 x 32 planar pixels.
 */
public final class CifarProvider implements DatasetProvider {
  private static final int SIZE = 32;
  private static final int PIXELS = 3 * SIZE * SIZE;
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  @Override
  public String name() {
    return "cifar10";
  }

  @Override
  public String description() {
    return "cifar10:DIR, CIFAR-10 in its official binary files; 32 x 32, 10 classes";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public ImageDataset open(String location, Settings settings) throws IOException {
    Path folder = Path.of(location);
    if (location.isEmpty() || !Files.isDirectory(folder)) {
      throw new UsageException(
          "there is no folder '"
              + location
              + "': use --data cifar10:DIR with the folder that holds data_batch_1.bin");
    }
    List<LabelledImage> training = new ArrayList<>();
    for (Path file : batches(folder)) {
      training.addAll(read(file));
    }
    List<LabelledImage> validation = read(folder.resolve("test_batch.bin"));
    String hash = ImagesInMemory.hash(training, validation);
    DatasetSpec spec =
        new DatasetSpec("cifar10:" + location, ImageSize.square(SIZE), CLASSES, hash);
    return new ImagesInMemory(spec, training, validation);
  }

  private static List<Path> batches(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> batches =
          files
              .filter(file -> file.getFileName().toString().matches("data_batch_\\d+\\.bin"))
              .sorted()
              .toList();
      if (batches.isEmpty()) {
        throw new UsageException(
            folder + " has no data_batch_1.bin: name the folder of CIFAR-10's binary version");
      }
      return batches;
    }
  }

  private static List<LabelledImage> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException(file + " is missing: get CIFAR-10's binary version again");
    }
    byte[] bytes = Files.readAllBytes(file);
    int each = 1 + PIXELS;
    if (bytes.length == 0 || bytes.length % each != 0) {
      throw new UsageException(
          file
              + " is damaged: "
              + bytes.length
              + " bytes are not a whole number of records of "
              + each
              + "; download it again");
    }
    List<LabelledImage> images = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += each) {
      int number = at / each;
      if (bytes[at] < 0 || bytes[at] >= CLASSES.size()) {
        throw new UsageException(
            file + " is damaged: record " + number + " has label " + bytes[at] + ", not 0 to 9");
      }
      images.add(
          new LabelledImage(
              baseName(file) + "/" + number,
              bytes[at],
              ImageSize.square(SIZE),
              Arrays.copyOfRange(bytes, at + 1, at + each)));
    }
    return images;
  }

  private static String baseName(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ".bin".length());
  }
}
