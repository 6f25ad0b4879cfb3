package dev.vernier.reports.samples;

/**
 * A picture of images beside a page.
 *
 * @param file its name
 * @param description what is to be seen, for those who do not see it
 * @param caption where it comes from
 * @param inPage whether it stands in the page, since nothing else there shows its images
 */
public record SamplePicture(String file, String description, String caption, boolean inPage) {}
