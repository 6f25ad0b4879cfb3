package dev.vernier.reports.samples;

/**
 * A picture of images beside a page.
 *
 * @param file its name
 * @param description what is to be seen, for those who do not see it
 * @param caption where it comes from
 * @param generated whether a generator drew the images, and nothing else on the page shows them
 */
public record SamplePicture(String file, String description, String caption, boolean generated) {}
