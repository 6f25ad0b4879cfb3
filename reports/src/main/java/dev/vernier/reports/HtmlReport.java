package dev.vernier.reports;

import dev.vernier.records.Cell;
import dev.vernier.records.MetricKind;
import dev.vernier.records.ReportRenderer;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.FigureFiles;
import dev.vernier.reports.charts.Figures;
import dev.vernier.reports.comparison.Axis;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Floor;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Pooling;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Rows;
import dev.vernier.reports.findings.Findings;
import dev.vernier.reports.findings.FindingsTables;
import dev.vernier.reports.findings.JudgedFinding;
import dev.vernier.reports.html.Report;
import dev.vernier.reports.html.ReportPage;
import dev.vernier.reports.samples.Reconstructions;
import dev.vernier.reports.samples.SamplePicture;
import dev.vernier.reports.samples.Samples;
import dev.vernier.reports.significance.Contrasts;
import dev.vernier.reports.significance.PairedTests;
import dev.vernier.reports.tables.CsvTable;
import dev.vernier.reports.tables.LatexTable;
import dev.vernier.reports.tables.MarkdownTable;
import dev.vernier.reports.tables.Table;
import dev.vernier.spi.Declared;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes {@code index.html}, the figures {@code fig1}, {@code usage} and {@code psnr} against
 * codebook size, and against bits with {@code -bits} behind their names, as SVG, PDF and PNG, the
 * tables {@code metrics} of tokenizers and {@code generation} of generators as CSV, Markdown and
 * LaTeX, what the paper found as {@code findings} in CSV and Markdown, {@code reconstructions.png}
 * of all methods, and a picture of samples a cell. What was not measured is left out; the same runs
 * give the same bytes.
 */
public final class HtmlReport implements ReportRenderer {
  /** Its settings. */
  private record Options(
      @Declared(
              byDefault = "both",
              choices = {"both", "size", "bits"},
              meaning =
                  "what figures are drawn against: total codebook size, bits per token, or both")
          String axis) {}

  /** The metrics whose differences the table tests: the first that any row has. */
  private static final List<String> COMPARED =
      List.of(MetricKind.GFID.key(), MetricKind.RFID.key());

  @Override
  public String name() {
    return "html";
  }

  @Override
  public String description() {
    return "A page with figures, tables, samples and provenance, and each of them as files";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public List<Setting<?>> settings() {
    return Setting.of(Options.class);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UsageException if there is no run
   */
  @Override
  public void render(List<Run> runs, Settings settings, Path folder) throws IOException {
    if (runs.isEmpty()) {
      throw new UsageException("there is no run to report: name the folder of at least one");
    }
    List<Row> rows = Rows.of(runs);
    List<Cell> finished = rows.stream().flatMap(row -> row.cells().stream()).toList();
    List<MeasuredBy> metrics = MeasuredBy.in(finished);
    Floor floor = new Floor(runs, rows);
    String measuredOn = measuredOn(runs);
    List<Figure> figures = Figures.of(rows, metrics, floor, measuredOn, axes(settings));
    for (Figure figure : figures) {
      FigureFiles.write(figure, folder);
    }
    PairedTests tests = new PairedTests(new CellFolders(runs));
    List<Report.MetricTable> tables = tables(runs.get(0).record(), measuredOn, rows, floor, tests);
    for (Report.MetricTable each : tables) {
      write(folder, each.file() + ".csv", CsvTable.of(each.table()));
      write(folder, each.file() + ".md", MarkdownTable.of(each.table()));
      write(folder, each.file() + ".tex", LatexTable.of(each.table()));
    }
    List<JudgedFinding> findings = Findings.of(runs);
    if (!findings.isEmpty()) {
      write(folder, "findings.csv", CsvTable.of(FindingsTables.all(findings)));
      write(
          folder,
          "findings.md",
          MarkdownTable.of(FindingsTables.verdicts(findings))
              + "\n"
              + MarkdownTable.of(FindingsTables.comparisons(findings)));
    }
    Optional<SamplePicture> reconstructions = Reconstructions.write(runs, rows, folder);
    List<SamplePicture> samples = Samples.copy(runs, rows, folder);
    write(
        folder,
        "index.html",
        ReportPage.of(new Report(runs, rows, findings, figures, reconstructions, tables, samples)));
  }

  /** Tokenizers, then generators: what one kind is measured by says nothing of the other. */
  private static List<Report.MetricTable> tables(
      RunRecord record, String measuredOn, List<Row> rows, Floor floor, PairedTests tests)
      throws IOException {
    List<Row> tokenizers = rows.stream().filter(row -> !row.generates()).toList();
    List<Row> generators = rows.stream().filter(Row::generates).toList();
    List<Report.MetricTable> tables = new ArrayList<>();
    if (generators.isEmpty() || !tokenizers.isEmpty()) {
      Table table = table(record.experiment(), record, measuredOn, tokenizers, floor, tests);
      tables.add(new Report.MetricTable("metrics", "Table of all metrics", table));
    }
    if (!generators.isEmpty()) {
      String id = record.experiment() + "-generation";
      Table table = table(id, record, measuredOn, generators, floor, tests);
      tables.add(new Report.MetricTable("generation", "Table of generators", table));
    }
    return tables;
  }

  private static Table table(
      String id,
      RunRecord record,
      String measuredOn,
      List<Row> rows,
      Floor floor,
      PairedTests tests)
      throws IOException {
    List<MeasuredBy> metrics =
        MeasuredBy.in(rows.stream().flatMap(row -> row.cells().stream()).toList());
    Contrasts contrasts = Contrasts.of(rows, compared(metrics), tests);
    String caption =
        caption(record, measuredOn) + Pooling.words(rows).map(each -> " " + each).orElse("");
    return Table.of(id, caption, rows, metrics, floor, contrasts);
  }

  private static String compared(List<MeasuredBy> metrics) {
    return COMPARED.stream()
        .filter(key -> metrics.stream().anyMatch(each -> each.key().equals(key)))
        .findFirst()
        .orElse(COMPARED.get(COMPARED.size() - 1));
  }

  private static List<Axis> axes(Settings settings) {
    return switch (settings.bind(Options.class).axis()) {
      case "size" -> List.of(Axis.SIZE);
      case "bits" -> List.of(Axis.BITS);
      default -> List.of(Axis.values());
    };
  }

  private static String measuredOn(List<Run> runs) {
    String data =
        runs.stream()
            .map(run -> run.record().dataset())
            .filter(dataset -> dataset != null)
            .map(each -> shortName(each) + " " + each.imageSize())
            .distinct()
            .collect(Collectors.joining(" and "));
    return data.isEmpty() ? "measured" : "measured on " + data;
  }

  /** The dataset without the folders above it, which say nothing to a reader elsewhere. */
  private static String shortName(RunRecord.Dataset dataset) {
    return dataset.name().replaceFirst(":.*[/\\\\](?=[^/\\\\]+[/\\\\]?$)", ":");
  }

  private static String caption(RunRecord record, String measuredOn) {
    String title = record.title() == null ? record.experiment() : record.title();
    return title
        + ", "
        + measuredOn
        + ". Numbers of different protocols stand in different columns; N is the number of samples."
        + " The best of each column is bold.";
  }

  private static void write(Path folder, String name, String text) throws IOException {
    ResultFiles.writeWhole(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
