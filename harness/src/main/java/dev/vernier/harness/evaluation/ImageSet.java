package dev.vernier.harness.evaluation;

import dev.vernier.harness.data.Crop;
import dev.vernier.harness.data.ImageFiles;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Images that some tool wrote: a folder of files, or a NumPy file as {@link ArrayImages} has it.
 *
 * @param names relative file names, those that an array comes with, or numbers
 * @param images the pictures; reading one may mean decoding its file
 * @param named whether the names say anything: numbers do not
 * @param texts names of files beside them that were passed over
 */
public record ImageSet(List<String> names, List<RgbImage> images, boolean named, List<String> texts)
    implements AutoCloseable {
  private static final int SHOWN = 3;

  /** Images read between two words on progress; no more than these are read without one. */
  private static final int READ = 256;

  /** Copies the names. */
  public ImageSet {
    names = List.copyOf(names);
    texts = List.copyOf(texts);
  }

  /** A set that nothing lies beside. */
  public ImageSet(List<String> names, List<RgbImage> images, boolean named) {
    this(names, images, named, List.of());
  }

  /**
   * Opens a set.
   *
   * @throws UsageException if there is none
   */
  public static ImageSet read(Path source) throws IOException {
    if (Files.isDirectory(source)) {
      ImageFiles files = ImageFiles.of(source);
      List<String> texts =
          files.texts().stream()
              .filter(text -> !ExportedImages.BESIDE_IMAGES.contains(text))
              .toList();
      return new ImageSet(files.names(), files, true, texts);
    }
    if (!Files.isRegularFile(source)) {
      throw new UsageException(
          "there is no " + source + ": name a folder of images, a .npz or a .npy file");
    }
    ArrayImages images = ArrayImages.of(source);
    Optional<List<String>> names = images.names();
    return new ImageSet(
        names.orElseGet(() -> IntStream.range(0, images.size()).mapToObj(String::valueOf).toList()),
        images,
        names.isPresent());
  }

  @Override
  public void close() throws IOException {
    if (images instanceof ArrayImages array) {
      array.close();
    }
  }

  /** A relative file name without its extension, which has a letter in it: 0.5 has none. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    boolean extended =
        dot > name.lastIndexOf('/') + 1
            && name.substring(dot).chars().anyMatch(Character::isLetter);
    return extended ? name.substring(0, dot) : name;
  }

  /** The {@link #stem} of every name. */
  List<String> stems() {
    return names.stream().map(ImageSet::stem).toList();
  }

  /** What is left of every stem without the folders. */
  List<String> baseNames() {
    return IntStream.range(0, names.size()).mapToObj(this::baseName).toList();
  }

  /** What is left of a stem without the folders. */
  String baseName(int index) {
    String stem = stem(names.get(index));
    return stem.substring(stem.lastIndexOf('/') + 1);
  }

  /** Whether the images are an array, whose order says something. */
  boolean array() {
    return images instanceof ArrayImages;
  }

  /**
   * The same images in {@link NaturalOrder} of some keys; as they are without names.
   *
   * @param keys of every image
   * @throws UsageException if two keys are the same
   */
  ImageSet sorted(String source, List<String> keys) {
    if (!named) {
      return this;
    }
    List<Integer> places = naturalOrder(keys);
    for (int i = 1; i < places.size(); i++) {
      int before = places.get(i - 1);
      int here = places.get(i);
      if (keys.get(before).equals(keys.get(here))) {
        throw new UsageException(
            source
                + " has "
                + names.get(before)
                + " and "
                + names.get(here)
                + ", which pair with one and the same image: keep one of them");
      }
    }
    return at(places);
  }

  private static List<Integer> naturalOrder(List<String> keys) {
    return IntStream.range(0, keys.size())
        .boxed()
        .sorted(Comparator.comparing(keys::get, NaturalOrder.INSTANCE))
        .toList();
  }

  /** The places of the images in {@link NaturalOrder} of their names; in an array as they are. */
  List<Integer> order() {
    return named && !array()
        ? naturalOrder(stems())
        : IntStream.range(0, names.size()).boxed().toList();
  }

  /** Some of the images, in an order of their own. */
  ImageSet at(List<Integer> places) {
    if (places.equals(IntStream.range(0, names.size()).boxed().toList())) {
      return this;
    }
    return new ImageSet(
        places.stream().map(names::get).toList(), new Reordered(images, places), named, texts);
  }

  /** Some images, in an order of their own. */
  private static final class Reordered extends AbstractList<RgbImage> {
    private final List<RgbImage> source;
    private final List<Integer> places;

    Reordered(List<RgbImage> source, List<Integer> places) {
      this.source = source;
      this.places = places;
    }

    @Override
    public RgbImage get(int index) {
      return source.get(places.get(index));
    }

    @Override
    public int size() {
      return places.size();
    }
  }

  private List<RgbImage> source() {
    List<RgbImage> source = images;
    while (source instanceof Reordered reordered) {
      source = reordered.source;
    }
    return source;
  }

  /** The sizes of all images, which are read for it where no array says it. */
  private List<ImageSize> sizes(String source, Progress progress) {
    if (source() instanceof ArrayImages array) {
      return Collections.nCopies(images.size(), new ImageSize(array.height(), array.width()));
    }
    List<ImageSize> sizes = new ArrayList<>();
    for (int from = 0; from < images.size(); from += READ) {
      int to = Math.min(images.size(), from + READ);
      IntStream.range(from, to)
          .parallel()
          .mapToObj(images::get)
          .map(image -> new ImageSize(image.height(), image.width()))
          .forEachOrdered(sizes::add);
      if (images.size() > READ) {
        progress.update("look at " + source, to, images.size(), "");
      }
    }
    return sizes;
  }

  /**
   * The size of the images, if it is one. All are read for it.
   *
   * @throws UsageException if it is not, or one of them is no image
   */
  ImageSize size(String source, Progress progress) {
    List<ImageSize> sizes = sizes(source, progress);
    ImageSize first = sizes.get(0);
    for (int i = 0; i < sizes.size(); i++) {
      if (!sizes.get(i).equals(first)) {
        throw new UsageException(
            source
                + " has images of different sizes ("
                + names.get(0)
                + " is "
                + first
                + ", "
                + names.get(i)
                + " is "
                + sizes.get(i)
                + "): compare images of one size");
      }
    }
    return first;
  }

  /**
   * What {@link #crops} does to the images of another size, for the reader. All are read for it.
   *
   * @throws UsageException if one of them is no image
   */
  Optional<String> changes(String source, ImageSize size, Progress progress) {
    List<ImageSize> sizes = sizes(source, progress);
    List<Integer> changed =
        IntStream.range(0, sizes.size()).filter(i -> !sizes.get(i).equals(size)).boxed().toList();
    if (changed.isEmpty()) {
      return Optional.empty();
    }
    int first = changed.get(0);
    return Optional.of(
        changed.size()
            + " of "
            + sizes.size()
            + " images in "
            + source
            + " were resized and cropped to "
            + size
            + ", the size of the others ("
            + names.get(first)
            + " is "
            + sizes.get(first)
            + ")");
  }

  /** Which files were passed over, for the reader. */
  Optional<String> omissions(String source) {
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    String some = texts.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return Optional.of(
        texts.size()
            + (texts.size() == 1 ? " file" : " files")
            + " of text in "
            + source
            + (texts.size() == 1 ? " was" : " were")
            + " passed over: "
            + some
            + (texts.size() > SHOWN ? ", ..." : ""));
  }

  /** Some of the images as they are. */
  List<LabelledImage> uncropped(int from, int to) {
    return IntStream.range(from, to).parallel().mapToObj(this::uncropped).toList();
  }

  private LabelledImage uncropped(int index) {
    RgbImage image = images.get(index);
    return new LabelledImage(
        names.get(index), -1, new ImageSize(image.height(), image.width()), image.rgb());
  }

  /** Some of the images, those of another size cropped as evaluation does. */
  List<LabelledImage> crops(ImageSize size, int from, int to) {
    return IntStream.range(from, to).parallel().mapToObj(i -> crop(i, size)).toList();
  }

  private LabelledImage crop(int index, ImageSize size) {
    RgbImage image = images.get(index);
    boolean fits = image.height() == size.height() && image.width() == size.width();
    byte[] rgb = (fits ? image : Crop.centre(image, size)).rgb();
    return new LabelledImage(names.get(index), -1, size, rgb);
  }
}
