package dev.vernier.harness.experiments;

import dev.vernier.harness.plugins.Plugins;
import java.util.List;

/**
 * What cells train with the dataset's own net for, where the user gives nothing in its place.
 *
 * @param loss whether the perceptual loss of a cell looks through it
 * @param teacher whether a sub-codebook of a cell learns from it
 */
public record TrainingNetUse(boolean loss, boolean teacher) {
  /** Nothing trains with it. */
  public static final TrainingNetUse NONE = new TrainingNetUse(false, false);

  /** Whether anything trains with it. */
  public boolean any() {
    return loss || teacher;
  }

  /**
   * The use that the cells of a run make of it.
   *
   * @param distance whether the user gives the perceptual loss a distance
   * @param teachers what else tokenizers learn from
   */
  public static TrainingNetUse of(
      List<CellPlan> cells, boolean distance, TeacherChoice teachers, Plugins plugins) {
    return new TrainingNetUse(
        !distance && cells.stream().anyMatch(cell -> cell.perceptual(plugins)),
        cells.stream().anyMatch(cell -> teachers.lacks(cell.teacherRequirements(plugins))));
  }
}
