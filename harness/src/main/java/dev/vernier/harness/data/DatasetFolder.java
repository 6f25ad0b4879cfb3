package dev.vernier.harness.data;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Images that are read from their files when they are asked for, and kept while memory lasts. */
final class DatasetFolder implements ImageDataset {
  private final DatasetSpec spec;
  private final List<SourceFile> training;
  private final List<SourceFile> validation;
  private final List<String> skipped;
  private final Map<String, SoftReference<RgbImage>> kept = new ConcurrentHashMap<>();

  DatasetFolder(
      DatasetSpec spec,
      List<SourceFile> training,
      List<SourceFile> validation,
      List<String> skipped) {
    this.spec = spec;
    this.training = training;
    this.validation = validation;
    this.skipped = skipped;
  }

  @Override
  public DatasetSpec spec() {
    return spec;
  }

  @Override
  public int size(Split split) {
    return files(split).size();
  }

  private List<SourceFile> files(Split split) {
    return split == Split.TRAIN ? training : validation;
  }

  @Override
  public LabelledImage image(Split split, int index) {
    SourceFile file = files(split).get(index);
    return labelled(file, Crop.centre(shrunk(file), spec.imageSize()));
  }

  @Override
  public String id(Split split, int index) {
    return files(split).get(index).id();
  }

  @Override
  public int label(Split split, int index) {
    return files(split).get(index).label();
  }

  @Override
  public Optional<LabelledImage> resized(int index, ImageSize size) {
    SourceFile file = training.get(index);
    return Optional.of(labelled(file, Crop.centre(shrunk(file), size)));
  }

  @Override
  public Optional<LabelledImage> original(Split split, int index) {
    SourceFile file = files(split).get(index);
    return Optional.of(labelled(file, decode(file)));
  }

  @Override
  public LabelledImage augmented(int index, RandomGenerator random) {
    SourceFile file = training.get(index);
    return labelled(file, Crop.random(shrunk(file), spec.imageSize(), random));
  }

  private static LabelledImage labelled(SourceFile file, RgbImage image) {
    return new LabelledImage(
        file.id(), file.label(), new ImageSize(image.height(), image.width()), image.rgb());
  }

  /** The picture after the halvings that every crop of it has in common. */
  private RgbImage shrunk(SourceFile file) {
    SoftReference<RgbImage> reference = kept.get(file.id());
    RgbImage image = reference == null ? null : reference.get();
    if (image == null) {
      image = Crop.shrunk(decode(file), spec.imageSize());
      kept.put(file.id(), new SoftReference<>(image));
    }
    return image;
  }

  private static RgbImage decode(SourceFile file) {
    try {
      return new StoredImage(file.path()).decode();
    } catch (UnusableImageException e) {
      throw new UsageException(
          "cannot read " + file.path() + " (" + e.getMessage() + "): run again without it", e);
    }
  }

  @Override
  public List<String> skipped() {
    return skipped;
  }
}
