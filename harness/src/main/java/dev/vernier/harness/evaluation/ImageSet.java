package dev.vernier.harness.evaluation;

import dev.vernier.harness.data.Crop;
import dev.vernier.harness.data.ImageFiles;
import dev.vernier.harness.data.RgbImage;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Images that some tool wrote: a folder of files, or a {@code .npz} file whose {@code arr_0} holds
 * uint8 {@code [images, height, width, 3]}.
 *
 * @param names relative file names, or numbers
 * @param images the pictures
 */
public record ImageSet(List<String> names, List<RgbImage> images) {
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
      return new ImageSet(List.copyOf(files.keySet()), List.copyOf(files.values()));
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
    return new ImageSet(names, images);
  }

  /**
   * The side of the images, if all are square and of one size.
   *
   * @throws UsageException if they are not
   */
  int size(Path source) {
    int size = images.get(0).width();
    for (int i = 0; i < images.size(); i++) {
      RgbImage image = images.get(i);
      if (image.width() != size || image.height() != size) {
        throw new UsageException(
            source
                + " has images of different sizes ("
                + names.get(i)
                + " is "
                + image.width()
                + " x "
                + image.height()
                + "): compare square images of one size");
      }
    }
    return size;
  }

  /** The images, cropped to squares as evaluation does. */
  List<LabelledImage> squares(int size) {
    List<LabelledImage> squares = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      RgbImage image = images.get(i);
      RgbImage square =
          image.width() == size && image.height() == size ? image : Crop.centre(image, size);
      squares.add(new LabelledImage(names.get(i), -1, size, square.rgb()));
    }
    return squares;
  }
}
