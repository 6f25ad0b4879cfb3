package dev.vernier.reports.html;

/**
 * Originals above their reconstructions, and above what single sub-codebooks say.
 *
 * @param file name of the picture beside the page
 * @param caption which cell it comes from, and what its rows show
 */
public record SamplePicture(String file, String caption) {}
