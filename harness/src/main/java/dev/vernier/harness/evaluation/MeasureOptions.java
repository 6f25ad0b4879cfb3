package dev.vernier.harness.evaluation;

/**
 * How much is measured.
 *
 * @param images number of validation images, 0 for all of them
 * @param bootstrap resamplings for the interval of the rFID, 0 for none
 */
public record MeasureOptions(int images, int bootstrap) {}
