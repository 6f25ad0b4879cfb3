package dev.vernier.spi;

import java.io.IOException;
import java.util.Optional;

/** Makes feature extractors of one kind. */
public interface FeatureExtractorProvider extends Provider {
  /**
   * Whether it makes a net of the dataset itself, with default settings and without any file: what
   * its features say depends on that dataset.
   */
  default boolean ofDataset() {
    return false;
  }

  /**
   * Whether a training looks through a net of this kind, and learns from it, where the user gives
   * it no other; of all extractors, one does.
   */
  default boolean teachesByDefault() {
    return false;
  }

  /**
   * The name of the setting that takes a model's file, where the user can give such a model as a
   * teacher. By default there are no such models.
   */
  default Optional<String> teacherFile() {
    return Optional.empty();
  }

  /**
   * The name of the setting that says how images are brought before the net, where the net is the
   * Inception that papers compute Frechet distances with: the setting takes {@code tf1}, {@code
   * torch} and {@code clean}, the ways that their protocols have. By default the net is another.
   */
  default Optional<String> publishedResize() {
    return Optional.empty();
  }

  /**
   * A frozen model; the caller closes it.
   *
   * @throws UsageException if what the settings name, such as a weights file, is missing or wrong
   */
  FeatureExtractor open(Settings settings, FeatureContext context) throws IOException;
}
