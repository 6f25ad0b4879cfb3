package dev.vernier.records;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What metrics of a cell say of each class of the images. Written to {@code
 * cells/<id>/classes.json}.
 *
 * @param schemaVersion see {@link ResultFiles#SCHEMA_VERSION}
 * @param fewest from how many images on a class has an rFID
 * @param classes those that have images, by their labels
 */
public record ClassScores(int schemaVersion, long fewest, List<OfClass> classes) {
  /**
   * The scores of a class.
   *
   * @param name of the class
   * @param images how many of its images were measured
   * @param metrics by their keys, see {@link MetricKind}: the means of scores of single images, and
   *     an rFID of the images of this class alone
   */
  public record OfClass(String name, long images, Map<String, Double> metrics) {
    /** Copies the map. */
    public OfClass {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
  }

  /** Copies the list. */
  public ClassScores {
    classes = List.copyOf(classes);
  }
}
