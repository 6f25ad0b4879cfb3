package dev.vernier.harness.evaluation;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Phase;
import dev.vernier.spi.CodeVectors;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reconstructions of the reference images that some tool made: a folder of images, paired by their
 * names, or an array of them, in the order of the reference images. With the codes they were
 * decoded from, where the tool kept them.
 */
public final class GivenReconstructions implements Reconstructor, AutoCloseable {
  private final ImageSet images;

  /** Place in {@link #images} of each reference image. */
  private final int[] places;

  /** Row of {@link #codes} of each reference image. */
  private final int[] rows;

  private final Optional<TokenizerSpec> spec;
  private final Optional<GivenCodes> codes;
  private final List<String> notes;

  private GivenReconstructions(
      ImageSet images,
      int[] places,
      Optional<TokenizerSpec> spec,
      Optional<GivenCodes> codes,
      List<String> notes) {
    this.images = images;
    this.places = places;
    this.spec = spec;
    this.codes = codes;
    this.notes = notes;
    int[] order = ranks(images);
    this.rows = Arrays.stream(places).map(place -> order[place]).toArray();
  }

  /**
   * What came with the images, or is said of them.
   *
   * @param name what the tokenizer is called
   * @param codes a {@code .npy} file as {@link GivenCodes} has it, its rows in the order of the
   *     array, or of the names in the folder; empty for none
   * @param subCodebooks empty where they are not known
   * @param downsampling the factor between the sides of an image and of its grid of codes; 0 to
   *     read it off the codes
   */
  public record Origin(
      String name, Optional<Path> codes, List<SubCodebook> subCodebooks, int downsampling) {
    /** Copies the list. */
    public Origin {
      subCodebooks = List.copyOf(subCodebooks);
    }
  }

  /**
   * Opens them. All images are read for it, so that one that is none is found before any work.
   *
   * @param source a folder of images, or a {@code .npz} or {@code .npy} file
   * @throws UsageException if images do not pair with the reference images by name or by size, or
   *     codes do not fit
   */
  public static GivenReconstructions open(
      Path source, Origin origin, ReferenceImages reference, Progress progress) throws IOException {
    ImageSet images = ImageSet.read(source);
    try {
      return of(source, images, origin, reference, progress);
    } catch (IOException | RuntimeException e) {
      images.close();
      throw e;
    }
  }

  /** The size of the first of them. */
  public static ImageSize sizeOf(Path source) throws IOException {
    try (ImageSet images = ImageSet.read(source)) {
      if (images.images().isEmpty()) {
        throw new UsageException(source + " has no images: check the path");
      }
      RgbImage first = images.images().get(0);
      return new ImageSize(first.height(), first.width());
    }
  }

  private static GivenReconstructions of(
      Path source, ImageSet images, Origin origin, ReferenceImages reference, Progress progress)
      throws IOException {
    ReferenceMatching matching =
        ReferenceMatching.of(reference, source.toString(), images, progress);
    ImageSize size = reference.dataset().spec().imageSize();
    if (!matching.size().equals(size)) {
      throw new UsageException(
          ("%s has images of %s, the dataset has %s: reconstruct these, or use --set"
                  + " data.image-size=%s where the dataset has that setting")
              .formatted(source, matching.size(), size, matching.size().text()));
    }
    Optional<GivenCodes> codes = Optional.empty();
    if (origin.codes().isPresent()) {
      codes =
          Optional.of(
              GivenCodes.read(
                  origin.codes().get(),
                  images.names().size(),
                  origin.subCodebooks(),
                  size,
                  origin.downsampling()));
    }
    int downsampling = codes.map(GivenCodes::downsampling).orElse(origin.downsampling());
    Optional<TokenizerSpec> spec = Optional.empty();
    if (!origin.subCodebooks().isEmpty()) {
      if (downsampling > 0 && !size.isMultipleOf(downsampling)) {
        throw new UsageException(
            "a downsampling of %d does not fit images of %s: give a divisor of their sides"
                .formatted(downsampling, size));
      }
      spec =
          Optional.of(
              new TokenizerSpec(origin.name(), size, downsampling, origin.subCodebooks(), 0, 0));
    }
    List<String> notes =
        Stream.concat(matching.notes().stream(), codes.flatMap(GivenCodes::note).stream()).toList();
    return new GivenReconstructions(images, matching.places(), spec, codes, notes);
  }

  /** Place of each image in the order of the rows of codes. */
  private static int[] ranks(ImageSet images) {
    int[] ranks = new int[images.names().size()];
    List<Integer> order = images.order();
    for (int i = 0; i < ranks.length; i++) {
      ranks[order.get(i)] = i;
    }
    return ranks;
  }

  /**
   * How they were paired, what was guessed of their codes, and what else the reader has to know.
   */
  @Override
  public List<String> notes() {
    return notes;
  }

  /** What the tokenizer is; empty where nobody says. */
  public Optional<TokenizerSpec> spec() {
    return spec;
  }

  @Override
  public Optional<TokenizerSpec> coded() {
    return codes.isPresent() ? spec : Optional.empty();
  }

  @Override
  public Optional<CodeVectors> vectors() {
    return Optional.empty();
  }

  @Override
  public void warmUp(List<LabelledImage> some) {
    // Nothing is timed.
  }

  @Override
  public Batch of(List<LabelledImage> real, int first) {
    List<LabelledImage> back =
        IntStream.range(0, real.size())
            .parallel()
            .mapToObj(i -> image(real.get(i), places[first + i]))
            .toList();
    int[] some = Arrays.copyOfRange(rows, first, first + real.size());
    return new Batch(
        back, codes.map(each -> each.of(some)), ProtocolScores.Crops.stored(back, first));
  }

  private LabelledImage image(LabelledImage real, int place) {
    byte[] rgb = images.images().get(place).rgb();
    return new LabelledImage(real.id(), real.label(), real.size(), rgb);
  }

  @Override
  public List<List<LabelledImage>> partsOf(List<LabelledImage> real) {
    return List.of();
  }

  @Override
  public List<Phase> phases() {
    return List.of();
  }

  @Override
  public void close() throws IOException {
    images.close();
  }
}
