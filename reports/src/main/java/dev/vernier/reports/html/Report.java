package dev.vernier.reports.html;

import dev.vernier.records.Run;
import dev.vernier.reports.charts.DrawnFigure;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.findings.JudgedFinding;
import dev.vernier.reports.samples.ImageGrid;
import dev.vernier.reports.samples.SamplePicture;
import dev.vernier.reports.tables.MetricTables;
import dev.vernier.reports.tables.Table;
import java.util.List;
import java.util.Optional;

/**
 * What a page shows.
 *
 * @param runs the runs it is about
 * @param rows what was measured
 * @param findings what a paper found or the experiment claims, and whether it holds here
 * @param figures the figures, whose files lie beside the page
 * @param images the same images by every method; empty where there are no samples
 * @param tables of all metrics, whose files lie beside the page
 * @param published what the paper reports
 * @param samples the pictures of single cells, which lie beside the page
 */
public record Report(
    List<Run> runs,
    List<Row> rows,
    List<JudgedFinding> findings,
    List<DrawnFigure> figures,
    Optional<ImageGrid> images,
    List<MetricTable> tables,
    Optional<Table> published,
    List<SamplePicture> samples) {
  /**
   * A table of metrics.
   *
   * @param file name of its files, without what they end in
   * @param name what its rows are
   * @param tables the table and what it leaves out
   */
  public record MetricTable(String file, String name, MetricTables tables) {}

  /** Copies the lists. */
  public Report {
    runs = List.copyOf(runs);
    rows = List.copyOf(rows);
    findings = List.copyOf(findings);
    figures = List.copyOf(figures);
    tables = List.copyOf(tables);
    samples = List.copyOf(samples);
  }
}
