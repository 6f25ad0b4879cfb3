package dev.vernier.harness.evaluation;

import dev.vernier.harness.data.Crop;
import dev.vernier.harness.data.ImageFiles;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Images that some tool wrote: a folder of files, or a {@code .npz} file whose {@code arr_0} holds
 * uint8 {@code [images, height, width, 3]}.
 *
 * @param names relative file names, or numbers
 * @param images the pictures
 * @param named whether the names say anything: those of files do, numbers do not
 */
public record ImageSet(List<String> names, List<RgbImage> images, boolean named) {
  private static final String ARRAY = "arr_0";

  /** Copies the lists. */
  public ImageSet {
    names = List.copyOf(names);
    images = List.copyOf(images);
  }

  /**
   * Reads a set.
   *
   * @throws UsageException if there is none, or a file of it is no image
   */
  public static ImageSet read(Path source) throws IOException {
    if (Files.isDirectory(source)) {
      Map<String, RgbImage> files = ImageFiles.read(source);
      return new ImageSet(List.copyOf(files.keySet()), List.copyOf(files.values()), true);
    }
    if (Files.isRegularFile(source)) {
      return of(source, NumpyArray.readAll(source));
    }
    throw new UsageException("there is no " + source + ": name a folder of images or a .npz file");
  }

  private static ImageSet of(Path source, Map<String, NumpyArray> arrays) {
    NumpyArray array = arrays.get(ARRAY);
    if (array == null
        || !array.type().equals("|u1")
        || array.shape().length != 4
        || array.shape()[3] != 3) {
      throw new UsageException(
          source + " has no " + ARRAY + " of uint8 [images, height, width, 3]: write it so");
    }
    int height = array.shape()[1];
    int width = array.shape()[2];
    int each = 3 * height * width;
    List<String> names = new ArrayList<>();
    List<RgbImage> images = new ArrayList<>();
    for (int i = 0; i < array.shape()[0]; i++) {
      names.add(String.valueOf(i));
      byte[] pixels = Arrays.copyOfRange(array.data(), i * each, (i + 1) * each);
      images.add(RgbImage.interleaved(width, height, pixels));
    }
    return new ImageSet(names, images, false);
  }

  /** A relative file name without its extension. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }

  /** The {@link #stem} of every name. */
  List<String> stems() {
    return names.stream().map(ImageSet::stem).toList();
  }

  /**
   * The same images in {@link NaturalOrder} of the stems.
   *
   * @throws UsageException if two names differ in their extension only
   */
  ImageSet sorted(Path source) {
    List<String> stems = stems();
    List<Integer> places =
        IntStream.range(0, names.size())
            .boxed()
            .sorted(Comparator.comparing(stems::get, NaturalOrder.INSTANCE))
            .toList();
    for (int i = 1; i < places.size(); i++) {
      int before = places.get(i - 1);
      int here = places.get(i);
      if (named && stems.get(before).equals(stems.get(here))) {
        throw new UsageException(
            source
                + " has "
                + names.get(before)
                + " and "
                + names.get(here)
                + ", which pair with one and the same image: keep one of them");
      }
    }
    return new ImageSet(
        places.stream().map(names::get).toList(), places.stream().map(images::get).toList(), named);
  }

  /**
   * The side of the images, if all are square and of one size.
   *
   * @throws UsageException if they are not
   */
  int size(Path source) {
    RgbImage first = images.get(0);
    for (int i = 0; i < images.size(); i++) {
      RgbImage image = images.get(i);
      if (image.width() != first.width() || image.height() != first.height()) {
        throw new UsageException(
            source
                + " has images of different sizes ("
                + names.get(0)
                + " is "
                + sides(first)
                + ", "
                + names.get(i)
                + " is "
                + sides(image)
                + "): compare square images of one size");
      }
    }
    if (first.width() != first.height() || first.width() == 0) {
      throw new UsageException(
          source + " has images of " + sides(first) + ": crop them to squares and compare these");
    }
    return first.width();
  }

  private static String sides(RgbImage image) {
    return image.width() + " x " + image.height();
  }

  /** The images, cropped to squares as evaluation does. */
  List<LabelledImage> squares(int size) {
    List<LabelledImage> squares = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      RgbImage image = images.get(i);
      RgbImage square =
          image.width() == size && image.height() == size ? image : Crop.centre(image, size);
      squares.add(new LabelledImage(names.get(i), -1, ImageSize.square(size), square.rgb()));
    }
    return squares;
  }
}
