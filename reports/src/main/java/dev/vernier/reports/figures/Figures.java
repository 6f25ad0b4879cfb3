package dev.vernier.reports.figures;

import dev.vernier.records.Run;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.PageWidth;
import dev.vernier.reports.comparison.Axis;
import dev.vernier.reports.comparison.Floor;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All figures of a report. */
public final class Figures {
  private Figures() {}

  /**
   * The figures there are numbers for.
   *
   * @param runs the runs that the rows were made of, at least one
   * @param rows all rows
   * @param metrics all metrics of their cells
   * @param floor tells which of the rows are the floor
   * @param measuredOn what the numbers were measured on, in a few words
   * @param axes what sweeps are drawn against, each in figures of its own
   * @param page how wide they are printed
   */
  public static List<Figure> of(
      List<Run> runs,
      List<Row> rows,
      List<MeasuredBy> metrics,
      Floor floor,
      String measuredOn,
      List<Axis> axes,
      PageWidth page)
      throws IOException {
    Measurements measured = new Measurements(runs, rows, metrics, floor, measuredOn, page);
    List<SweepFigures> sweeps =
        axes.stream().map(axis -> new SweepFigures(measured, axis)).toList();
    List<Figure> figures = new ArrayList<>();
    for (SweepFigures each : sweeps) {
      each.rfid().ifPresent(figures::add);
    }
    sweeps.forEach(each -> each.usage().ifPresent(figures::add));
    sweeps.forEach(each -> each.distortion().ifPresent(figures::add));
    new CostFigure(measured).figure().ifPresent(figures::add);
    CodeFigures codes = CodeFigures.of(measured);
    codes.rarefaction().ifPresent(figures::add);
    codes.frequencies().ifPresent(figures::add);
    ClassFigure.of(measured).ifPresent(figures::add);
    TrainingFigures training = new TrainingFigures(measured);
    training.tokenizers().ifPresent(figures::add);
    training.generators().ifPresent(figures::add);
    CodeMapFigure.of(measured).ifPresent(figures::add);
    return figures;
  }
}
