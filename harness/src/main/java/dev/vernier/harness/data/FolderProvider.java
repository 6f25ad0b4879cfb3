package dev.vernier.harness.data;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder of image files, prepared as the tokenizer papers do. */
public final class FolderProvider implements DatasetProvider {
  private static final Setting<Integer> IMAGE_SIZE =
      Setting.integer("image-size", 32, 8, 1024, "height and width after cropping, in pixels");
  private static final Setting<Double> VALIDATION_SHARE =
      Setting.number(
          "validation-share",
          0.2,
          0.001,
          0.999,
          "share of the images kept for validation where there are no train/ and val/");

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public String description() {
    return "folder:DIR, image files flat or in class sub-folders, optionally below train/ and val/";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(IMAGE_SIZE, VALIDATION_SHARE);
  }

  @Override
  public ImageDataset open(String location, Settings settings) throws IOException {
    Path root = Path.of(location);
    if (location.isEmpty() || !Files.isDirectory(root)) {
      throw new UsageException(
          "there is no folder '" + location + "': use --data folder:DIR with a folder of images");
    }
    FolderListing listing = FolderListing.of(root, settings.get(VALIDATION_SHARE));
    List<SourceFile> all =
        Stream.concat(listing.training().stream(), listing.validation().stream()).toList();
    if (all.isEmpty()) {
      throw new UsageException(root + " holds no files: name a folder of images");
    }
    Inspection inspection = Inspection.of(root, all, CacheFolder.path());
    int size = settings.get(IMAGE_SIZE);
    ContentHash hash =
        new ContentHash().add("centre crop after box halving, bicubic").add("" + size);
    List<SourceFile> training = inspection.usable(listing.training());
    refuseUnlabelled(root, listing.classes(), training);
    List<SourceFile> validation = inspection.usable(listing.validation());
    for (List<SourceFile> split : List.of(training, validation)) {
      hash.add("split");
      split.forEach(f -> hash.add(f.id()).add("" + f.label()).add(inspection.hash(f)));
    }
    DatasetSpec spec =
        new DatasetSpec("folder:" + location, size, listing.classes(), hash.hexadecimal());
    return new DatasetFolder(spec, training, validation, inspection.skipped(all));
  }

  /** Validation images may lie flat, as ImageNet's do; what is learned from needs its class. */
  private static void refuseUnlabelled(Path root, List<String> classes, List<SourceFile> training) {
    if (!classes.isEmpty()) {
      training.stream()
          .filter(file -> file.label() < 0)
          .findFirst()
          .ifPresent(
              file -> {
                throw new UsageException(
                    root
                        + " has training images in class folders and "
                        + file.id()
                        + " beside them: move it into one, or all images out of them");
              });
    }
  }
}
