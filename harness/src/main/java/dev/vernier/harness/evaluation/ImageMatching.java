package dev.vernier.harness.evaluation;

import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which images of two sets belong together: those of one name up to the extension; where the
 * folders in which they lie differ, those of one file name. Where no file name is in both sets, or
 * one of them has none, those of one place in {@link NaturalOrder}.
 *
 * @param real the first set, sorted
 * @param other the second set, sorted so that an image is at the place of its partner
 * @param size side of the images of the second set, which are squares
 * @param note how they were paired, for the reader
 * @param remarks what else the reader has to know: what was resized, what was passed over
 */
public record ImageMatching(
    ImageSet real, ImageSet other, int size, String note, List<String> remarks) {
  private static final int SMALLEST = 2;

  /**
   * Pairs. All images are read for it, so that one that is none is found before any work.
   *
   * @throws UsageException if a name has no partner or several, the sets are of unequal size or too
   *     small for any statistics, the second holds other images than squares of one size, or a file
   *     is no image
   */
  public static ImageMatching of(Path realSource, ImageSet real, Path otherSource, ImageSet other) {
    // Equal names sort alike, so the order pairs them in either case.
    ImageSet first = real.sorted(realSource, real.stems());
    ImageSet second = other.sorted(otherSource, other.stems());
    String note;
    if (!first.named() || !second.named()) {
      refuseUnequal(realSource, first, otherSource, second);
      note = ordered("an array has no names", first, second);
    } else if (Set.copyOf(first.stems()).equals(Set.copyOf(second.stems()))) {
      note = "images are paired by their names";
    } else if (Collections.disjoint(first.baseNames(), second.baseNames())) {
      refuseUnequal(realSource, first, otherSource, second);
      note = ordered("no name is in both folders", first, second);
    } else {
      refuseAmbiguous(realSource, first, second);
      refuseAmbiguous(otherSource, second, first);
      refuseLacking(realSource, first, otherSource, second);
      refuseLacking(otherSource, second, realSource, first);
      first = first.sorted(realSource, first.baseNames());
      second = second.sorted(otherSource, second.baseNames());
      note = "images are paired by their file names, since they lie in different folders";
    }
    int count = first.names().size();
    if (count < SMALLEST) {
      throw new UsageException(
          realSource
              + (count == 0 ? " has no images" : " has one image")
              + ", statistics need at least "
              + SMALLEST
              + ": add more images");
    }
    int size = second.size(otherSource);
    List<String> remarks = new ArrayList<>();
    first.changes(realSource, size).ifPresent(remarks::add);
    first.omissions(realSource).ifPresent(remarks::add);
    second.omissions(otherSource).ifPresent(remarks::add);
    return new ImageMatching(first, second, size, note, List.copyOf(remarks));
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
    if (real.names().size() != other.names().size()) {
      throw new UsageException(
          realSource
              + " has "
              + real.names().size()
              + " images, "
              + otherSource
              + " has "
              + other.names().size()
              + ": rFID pairs every image with its reconstruction; give as many of both");
    }
  }

  /** Two files of one name, in different folders, where the folders do not tell the partners. */
  private static void refuseAmbiguous(Path source, ImageSet set, ImageSet other) {
    Set<String> known = new HashSet<>(other.baseNames());
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < set.names().size(); i++) {
      String base = set.baseName(i);
      String before = seen.put(base, set.names().get(i));
      if (before != null && known.contains(base)) {
        throw new UsageException(
            source
                + " has "
                + before
                + " and "
                + set.names().get(i)
                + ", and the other images lie in other folders, so their partners cannot be told:"
                + " give both sets the same folders");
      }
    }
  }

  private static void refuseLacking(Path source, ImageSet set, Path otherSource, ImageSet other) {
    Set<String> known = new HashSet<>(other.baseNames());
    for (int i = 0; i < set.names().size(); i++) {
      if (!known.contains(set.baseName(i))) {
        throw new UsageException(
            source
                + " has "
                + set.names().get(i)
                + ", which has no partner of that name in "
                + otherSource
                + ": add or rename it there, or remove it here");
      }
    }
  }
}
