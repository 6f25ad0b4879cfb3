package dev.vernier.harness.evaluation;

import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which images of two sets belong together: those of one name up to the extension. Where no name is
 * in both sets, or one of them has none, those of one place in {@link NaturalOrder}.
 *
 * @param real the first set, sorted
 * @param other the second set, sorted so that an image is at the place of its partner
 * @param size side of the images of the second set, which are squares
 * @param note how they were paired, for the reader
 */
public record ImageMatching(ImageSet real, ImageSet other, int size, String note) {
  private static final int SMALLEST = 2;

  /**
   * Pairs.
   *
   * @throws UsageException if a name has no partner or several, the sets are of unequal size or too
   *     small for any statistics, or the second holds other images than squares of one size
   */
  public static ImageMatching of(Path realSource, ImageSet real, Path otherSource, ImageSet other) {
    // Equal names sort alike, so the order pairs them in either case.
    ImageSet first = real.sorted(realSource);
    ImageSet second = other.sorted(otherSource);
    String note = note(realSource, first, otherSource, second);
    int count = first.images().size();
    if (count < SMALLEST) {
      throw new UsageException(
          realSource
              + (count == 0 ? " has no images" : " has one image")
              + ", statistics need at least "
              + SMALLEST
              + ": add more images");
    }
    return new ImageMatching(first, second, other.size(otherSource), note);
  }

  private static String note(Path realSource, ImageSet first, Path otherSource, ImageSet second) {
    if (!first.named() || !second.named()) {
      refuseUnequal(realSource, first, otherSource, second);
      return ordered("an .npz file has no names", first, second);
    }
    Set<String> names = new HashSet<>(first.stems());
    Set<String> otherNames = new HashSet<>(second.stems());
    if (names.equals(otherNames)) {
      return "images are paired by their names";
    }
    if (names.stream().anyMatch(otherNames::contains)) {
      throw unpaired(realSource, first, otherSource, second);
    }
    refuseUnequal(realSource, first, otherSource, second);
    return ordered("no name is in both folders", first, second);
  }

  private static String ordered(String why, ImageSet real, ImageSet other) {
    int last = real.names().size() - 1;
    return "images are paired by their order, since "
        + why
        + (last < 0
            ? ""
            : ": first "
                + real.names().get(0)
                + " with "
                + other.names().get(0)
                + ", last "
                + real.names().get(last)
                + " with "
                + other.names().get(last));
  }

  private static void refuseUnequal(
      Path realSource, ImageSet real, Path otherSource, ImageSet other) {
    if (real.images().size() != other.images().size()) {
      throw new UsageException(
          realSource
              + " has "
              + real.images().size()
              + " images, "
              + otherSource
              + " has "
              + other.images().size()
              + ": rFID pairs every image with its reconstruction; give as many of both");
    }
  }

  private static UsageException unpaired(
      Path realSource, ImageSet real, Path otherSource, ImageSet other) {
    Optional<String> lacking = lacking(real, other);
    boolean ofReal = lacking.isPresent();
    return new UsageException(
        (ofReal ? realSource : otherSource)
            + " has "
            + lacking.or(() -> lacking(other, real)).orElseThrow()
            + ", which has no partner of that name in "
            + (ofReal ? otherSource : realSource)
            + ": add or rename it there, or remove it here");
  }

  /** The first name of a set whose stem the other has not. */
  private static Optional<String> lacking(ImageSet set, ImageSet other) {
    Set<String> known = new HashSet<>(other.stems());
    return set.names().stream().filter(name -> !known.contains(ImageSet.stem(name))).findFirst();
  }
}
