package dev.vernier.reports.html;

/**
 * Originals above their reconstructions.
 *
 * @param file name of the picture beside the page
 * @param caption which cell it comes from
 */
public record SamplePicture(String file, String caption) {}
