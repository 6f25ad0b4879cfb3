package dev.vernier.harness.data;

import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.Declared;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder of image files, prepared as the tokenizer papers do. */
public final class FolderProvider implements DatasetProvider {
  /** Its settings. */
  private record Options(
      @Declared(
              byDefault = "32",
              from = 8,
              to = 1024,
              meaning =
                  "height and width in pixels, which images are resized to cover and cropped to")
          ImageSize imageSize,
      @Declared(
              byDefault = "0.2",
              from = 0.001,
              to = 0.999,
              meaning =
                  "share of the images kept for validation where there are no train/ and val/")
          double validationShare) {}

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
    return Setting.of(Options.class);
  }

  @Override
  public ImageDataset open(String location, Settings settings) throws IOException {
    Path root = Path.of(location);
    if (location.isEmpty() || !Files.isDirectory(root)) {
      throw new UsageException(
          "there is no folder '" + location + "': use --data folder:DIR with a folder of images");
    }
    Options own = settings.bind(Options.class);
    FolderListing listing = FolderListing.of(root, own.validationShare());
    List<SourceFile> all = listing.all();
    if (all.isEmpty()) {
      throw new UsageException(
          root
              + (listing.texts().isEmpty()
                  ? " holds no files"
                  : " holds text, but no usable images")
              + ": name a folder of images");
    }
    Inspection inspection = Inspection.of(root, all, CacheFolder.path());
    ImageSize size = own.imageSize();
    ContentHash hash =
        new ContentHash()
            .add("pixels as Pillow has them (2), centre crop after box halving, bicubic")
            .add(size.text());
    List<SourceFile> training = inspection.usable(listing.training());
    refuseUnlabelled(root, listing.classes(), training);
    List<SourceFile> validation = inspection.usable(listing.validation());
    for (List<SourceFile> split : List.of(training, validation)) {
      hash.add("split");
      split.forEach(f -> hash.add(f.id()).add("" + f.label()).add(inspection.hash(f)));
    }
    DatasetSpec spec =
        new DatasetSpec("folder:" + location, size, listing.classes(), hash.hexadecimal());
    List<String> skipped = new ArrayList<>(inspection.skipped(all));
    listing.texts().forEach(name -> skipped.add(name + " (text by its name)"));
    return new DatasetFolder(spec, training, validation, skipped);
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
