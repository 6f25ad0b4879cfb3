package dev.vernier.harness.evaluation;

import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which images of two sets belong together: those of one name up to the extension; where the
 * folders in which they lie differ, those of one file name. Where no file name is in both sets, or
 * one of them has none, those of one place: in an array, or in {@link NaturalOrder} of the names.
 *
 * @param real the first set, sorted
 * @param other the second set, sorted so that an image is at the place of its partner
 * @param size of the images of the second set
 * @param note how they were paired, for the reader
 * @param remarks what else the reader has to know: what was resized, what was passed over
 */
public record ImageMatching(
    ImageSet real, ImageSet other, ImageSize size, String note, List<String> remarks) {
  private static final int SMALLEST = 2;

  /** What partners have in common. */
  private enum Names {
    WHOLE("images are paired by their names"),
    OF_FILES("images are paired by their file names, since they lie in different folders");

    private final String note;

    Names(String note) {
      this.note = note;
    }

    List<String> of(ImageSet set) {
      return this == WHOLE ? set.stems() : set.baseNames();
    }
  }

  /**
   * Pairs. All images are read for it, so that one that is none is found before any work.
   *
   * @throws UsageException if a name has no partner or several, the sets are of unequal size or too
   *     small for any statistics, the second holds images of several sizes, or a file is no image
   */
  public static ImageMatching of(
      Path realSource, ImageSet real, Path otherSource, ImageSet other, Progress progress) {
    ImageMatching paired =
        paired(realSource.toString(), real, otherSource.toString(), other, progress);
    List<String> remarks = new ArrayList<>();
    paired.real.changes(realSource.toString(), paired.size, progress).ifPresent(remarks::add);
    paired.real.omissions(realSource.toString()).ifPresent(remarks::add);
    remarks.addAll(paired.remarks);
    return new ImageMatching(
        paired.real, paired.other, paired.size, paired.note, List.copyOf(remarks));
  }

  /** Pairs; the first set's images are not read. */
  static ImageMatching paired(
      String realSource, ImageSet real, String otherSource, ImageSet other, Progress progress) {
    ImageSet first = real.sorted(realSource, real.stems());
    ImageSet second = other.sorted(otherSource, other.stems());
    String note;
    Optional<Names> names = inCommon(realSource, first, otherSource, second);
    if (names.isPresent()) {
      // Equal names sort alike.
      first = first.sorted(realSource, names.get().of(first));
      second = second.sorted(otherSource, names.get().of(second));
      note = names.get().note;
    } else {
      first = real.array() ? real : first;
      second = other.array() ? other : second;
      refuseUnequal(realSource, first, otherSource, second);
      note = ordered(first, second);
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
    ImageSize size = second.size(otherSource, progress);
    return new ImageMatching(
        first, second, size, note, second.omissions(otherSource).stream().toList());
  }

  /**
   * By which of their names images pair.
   *
   * @return empty where no name is in both sets, or one of them has none
   * @throws UsageException if a name has no partner or several
   */
  private static Optional<Names> inCommon(
      String realSource, ImageSet real, String otherSource, ImageSet other) {
    if (!real.named()
        || !other.named()
        || Collections.disjoint(real.baseNames(), Set.copyOf(other.baseNames()))) {
      return Optional.empty();
    }
    Set<String> realStems = Set.copyOf(real.stems());
    Set<String> otherStems = Set.copyOf(other.stems());
    if (realStems.equals(otherStems)) {
      return Optional.of(Names.WHOLE);
    }
    if (!Collections.disjoint(realStems, otherStems)) {
      // Some lie in the same folders, so that of two of one file name the folder tells.
      refuseLacking(realSource, real, otherSource, other, repeated(real), ImageSet::stems);
      refuseLacking(otherSource, other, realSource, real, repeated(other), ImageSet::stems);
    }
    refuseAmbiguous(realSource, real, other);
    refuseAmbiguous(otherSource, other, real);
    Predicate<String> all = base -> true;
    refuseLacking(realSource, real, otherSource, other, all, ImageSet::baseNames);
    refuseLacking(otherSource, other, realSource, real, all, ImageSet::baseNames);
    return Optional.of(Names.OF_FILES);
  }

  private static String ordered(ImageSet real, ImageSet other) {
    int last = real.names().size() - 1;
    boolean numbered = (real.array() && !real.named()) || (other.array() && !other.named());
    return "images are paired by their order, since "
        + (numbered ? "an array has no names" : "no name is in both")
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
      String realSource, ImageSet real, String otherSource, ImageSet other) {
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
  private static void refuseAmbiguous(String source, ImageSet set, ImageSet other) {
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

  /** Which file names a set has several times, in different folders. */
  private static Predicate<String> repeated(ImageSet set) {
    Set<String> seen = new HashSet<>();
    Set<String> repeated = new HashSet<>();
    set.baseNames().stream().filter(base -> !seen.add(base)).forEach(repeated::add);
    return repeated::contains;
  }

  /**
   * Refuses images without a partner.
   *
   * @param asked of which file names they are looked at
   * @param keys what partners have in common
   */
  private static void refuseLacking(
      String source,
      ImageSet set,
      String otherSource,
      ImageSet other,
      Predicate<String> asked,
      Function<ImageSet, List<String>> keys) {
    Set<String> known = new HashSet<>(keys.apply(other));
    List<String> own = keys.apply(set);
    for (int i = 0; i < own.size(); i++) {
      if (asked.test(set.baseName(i)) && !known.contains(own.get(i))) {
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
