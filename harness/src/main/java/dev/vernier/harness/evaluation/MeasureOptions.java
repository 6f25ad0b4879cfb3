package dev.vernier.harness.evaluation;

import dev.vernier.harness.experiments.RunOptions;
import java.util.Map;

/**
 * How much is measured.
 *
 * @param images number of validation images, 0 for all of them
 * @param bootstrap resamplings for the interval of rFID and gFID, 0 for none
 * @param codeMap so many codes of each sub-codebook are laid out on a map, 0 for none
 */
public record MeasureOptions(int images, int bootstrap, int codeMap) {
  /** From options as text, keys as {@link RunOptions} has them. */
  public static MeasureOptions of(Map<String, String> options) {
    return new MeasureOptions(
        Integer.parseInt(options.get(RunOptions.IMAGES.name())),
        Integer.parseInt(options.get(RunOptions.BOOTSTRAP.name())),
        Integer.parseInt(options.get(RunOptions.CODE_MAP.name())));
  }
}
