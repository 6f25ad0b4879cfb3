package dev.vernier.reports.charts;

/**
 * Whose numbers a line shows. Equal ones look alike in all figures.
 *
 * @param label what legends call it
 * @param family the plugin it is made by, or another name that tells what it is like
 * @param origin where its numbers come from
 */
public record Method(String label, String family, Origin origin) {
  /** Where the numbers of a method come from. */
  public enum Origin {
    /** They were measured: filled markers. */
    MEASURED,
    /** They were published by others: hollow markers. */
    PUBLISHED,
    /** They were measured of the method that the others have to beat: grey. */
    FLOOR,
    /** They are of all that has no line of its own: grey. */
    REST
  }
}
