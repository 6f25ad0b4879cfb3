package dev.vernier.harness.cli;

import dev.vernier.harness.evaluation.ImageMatching;
import dev.vernier.harness.evaluation.ImageSet;
import dev.vernier.harness.experiments.GivenMethod;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.records.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A set of images and others that are compared with it, each paired on its own. */
final class PairedSets implements AutoCloseable {
  private final List<ImageSet> open = new ArrayList<>();
  private final List<ImageMatching> pairs = new ArrayList<>();

  private PairedSets() {}

  /**
   * Opens all of them and pairs them.
   *
   * @throws dev.vernier.spi.UsageException as {@link ImageMatching#of} does
   */
  static PairedSets open(Path real, List<Path> others, Progress progress) throws IOException {
    PairedSets sets = new PairedSets();
    try {
      for (Path other : others) {
        // Each with a stream of its own: arrays are read in their order.
        ImageSet first = sets.read(real);
        sets.pairs.add(ImageMatching.of(real, first, other, sets.read(other), progress));
      }
      return sets;
    } catch (IOException | RuntimeException e) {
      sets.close();
      throw e;
    }
  }

  private ImageSet read(Path source) throws IOException {
    ImageSet set = ImageSet.read(source);
    open.add(set);
    return set;
  }

  /** The pairs of one of the others. */
  ImageMatching get(int index) {
    return pairs.get(index);
  }

  /**
   * Refuses sets that no paper measures.
   *
   * @throws dev.vernier.spi.UsageException as {@link PublishedProtocol#requireSquares} does
   */
  void requireSquares(Set<PublishedProtocol> protocols) {
    pairs.forEach(each -> PublishedProtocol.requireSquares(protocols, each.size()));
  }

  /** Those of the first. */
  ImageMatching first() {
    return pairs.get(0);
  }

  /** What the others are compared with, as a record has it. */
  RunRecord.Dataset reference(Path real) throws IOException {
    return new RunRecord.Dataset(
        real.toString(),
        GivenMethod.images(real),
        first().size(),
        0,
        first().real().names().size(),
        0,
        List.of());
  }

  @Override
  public void close() throws IOException {
    for (ImageSet set : open) {
      set.close();
    }
  }
}
