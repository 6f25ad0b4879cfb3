package dev.vernier.harness.evaluation;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.ImageSize;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Which images of a set belong to which reference images, as {@link ImageMatching} has it: by their
 * names up to the extension, with or without the folder of the split, else by their file names;
 * images of an array without such names in their order.
 *
 * @param places place in the set of each reference image
 * @param size of the images of the set
 * @param notes how they were paired, and what else the reader has to know
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
record ReferenceMatching(int[] places, ImageSize size, List<String> notes) {
  /**
   * Pairs.
   *
   * @param source whose the other set is, for messages
   * @throws dev.vernier.spi.UsageException as {@link ImageMatching#of} does
   */
  static ReferenceMatching of(
      ReferenceImages reference, String source, ImageSet other, Progress progress) {
    List<String> names = IntStream.range(0, reference.count()).mapToObj(reference::id).toList();
    List<String> notes = new ArrayList<>();
    ImageSet real = unread(names, true);
    ImageSet chosen = other;
    if (!other.named()
        || (other.array()
            && Collections.disjoint(real.baseNames(), Set.copyOf(other.baseNames())))) {
      real = unread(names, false);
    } else {
      Set<String> stems = Set.copyOf(other.stems());
      if (!stems.containsAll(real.stems())) {
        real = unread(withoutCommonFolder(names), true);
      }
      chosen = measured(real, other, reference.isPart());
      if (chosen.names().size() < other.names().size()) {
        notes.add(
            "%d of the %d images in %s belong to the images that are measured"
                .formatted(chosen.names().size(), other.names().size(), source));
      }
    }
    ImageMatching matching =
        ImageMatching.paired(reference.dataset().spec().name(), real, source, chosen, progress);
    notes.add(0, matching.note());
    notes.addAll(matching.remarks());
    return new ReferenceMatching(
        places(real.names(), matching, other.names()), matching.size(), List.copyOf(notes));
  }

  private static int[] places(List<String> real, ImageMatching matching, List<String> other) {
    Map<String, Integer> inSet = places(other);
    Map<String, Integer> inMatching = places(matching.real().names());
    return real.stream()
        .map(name -> matching.other().names().get(inMatching.get(name)))
        .mapToInt(inSet::get)
        .toArray();
  }

  private static Map<String, Integer> places(List<String> names) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      places.put(names.get(i), i);
    }
    return places;
  }

  /** Tools reconstruct the images of a split without the split's folder. */
  private static List<String> withoutCommonFolder(List<String> names) {
    int end = names.get(0).indexOf('/') + 1;
    String folder = names.get(0).substring(0, end);
    return names.stream().allMatch(name -> name.startsWith(folder))
        ? names.stream().map(name -> name.substring(end)).toList()
        : names;
  }

  /** Where a part of the images is measured, those whose partners are; else all. */
  private static ImageSet measured(ImageSet real, ImageSet other, boolean part) {
    if (!part) {
      return other;
    }
    Set<String> stems = new HashSet<>(real.stems());
    Set<String> bases = new HashSet<>(real.baseNames());
    List<String> own = other.stems();
    boolean whole = own.stream().anyMatch(stems::contains);
    IntFunction<Boolean> belongs =
        i -> whole ? stems.contains(own.get(i)) : bases.contains(other.baseName(i));
    return other.at(IntStream.range(0, own.size()).filter(belongs::apply).boxed().toList());
  }

  /** Names of images that pairing does not look at. */
  private static ImageSet unread(List<String> names, boolean named) {
    List<RgbImage> none =
        new AbstractList<>() {
          @Override
          public RgbImage get(int index) {
            throw new IllegalStateException("pairing reads no reference image");
          }

          @Override
          public int size() {
            return names.size();
          }
        };
    return new ImageSet(names, none, named);
  }
}
