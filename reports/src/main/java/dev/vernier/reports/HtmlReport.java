package dev.vernier.reports;

import dev.vernier.records.Cell;
import dev.vernier.records.ReportRenderer;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import dev.vernier.reports.charts.DrawnFigure;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.FigureFiles;
import dev.vernier.reports.charts.PageWidth;
import dev.vernier.reports.comparison.Axis;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Floor;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.Pooling;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Rows;
import dev.vernier.reports.figures.Figures;
import dev.vernier.reports.findings.Findings;
import dev.vernier.reports.findings.FindingsTables;
import dev.vernier.reports.findings.JudgedFinding;
import dev.vernier.reports.html.Report;
import dev.vernier.reports.html.ReportPage;
import dev.vernier.reports.samples.ImageGrid;
import dev.vernier.reports.samples.Reconstructions;
import dev.vernier.reports.samples.SamplePicture;
import dev.vernier.reports.samples.Samples;
import dev.vernier.reports.samples.WorstReconstructions;
import dev.vernier.reports.significance.Contrasts;
import dev.vernier.reports.significance.PairedTests;
import dev.vernier.reports.tables.ColumnChoice;
import dev.vernier.reports.tables.CsvTable;
import dev.vernier.reports.tables.LatexTable;
import dev.vernier.reports.tables.MarkdownTable;
import dev.vernier.reports.tables.MetricTables;
import dev.vernier.reports.tables.PublishedTable;
import dev.vernier.reports.tables.Table;
import dev.vernier.spi.Declared;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Spi;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes {@code index.html}, the figures as SVG, PDF, PNG, TikZ and the points they show as CSV,
 * those against bits with {@code -bits} behind their names and the panels of all in {@code panels},
 * the tables {@code metrics} of tokenizers and {@code generation} of generators as CSV, Markdown
 * and LaTeX ({@code -narrow} for one of two columns, {@code -more} for what a paper would leave
 * out), the paper's own numbers as {@code published}, what was found as {@code findings} in CSV and
 * Markdown, {@code reconstructions.png} of all methods, {@code worst.png} of what each rebuilt
 * worst, and a picture of samples a cell. What was not measured is left out; the same runs give the
 * same bytes.
 */
public final class HtmlReport implements ReportRenderer {
  private static final String PAGE = "index.html";

  /** Its settings. */
  private record Options(
      @Declared(
              byDefault = "both",
              choices = {"both", "size", "bits"},
              meaning =
                  "what figures are drawn against: total codebook size, bits per token, or both")
          String axis,
      @Declared(
              byDefault = "double",
              choices = {"double", "single"},
              meaning =
                  "how wide figures are printed: over both columns of a page, 178 mm, or one, 85 mm")
          String width,
      @Declared(
              meaning =
                  "columns of the first table in their order, separated by commas, as metrics.csv"
                      + " names them, such as rfid,psnr; empty for those that papers print")
          String columns) {}

  /** Whether a folder holds such a report. */
  public static boolean isIn(Path folder) throws IOException {
    Path page = folder.resolve(PAGE);
    return Files.isRegularFile(page)
        && Files.readString(page, StandardCharsets.ISO_8859_1).contains(ReportPage.GENERATOR);
  }

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
    FigureFiles.prepare();
    List<Row> rows = Rows.of(runs);
    List<Cell> finished = Row.cellsOf(rows);
    List<MeasuredBy> metrics = MeasuredBy.in(finished);
    Floor floor = new Floor(runs, rows);
    PairedTests tests = new PairedTests(new CellFolders(runs));
    String columns = settings.bind(Options.class).columns();
    // Before anything is written: a column that is unknown is refused here.
    List<Report.MetricTable> tables = tables(runs, rows, floor, tests, columns);
    String measuredOn = measuredOn(runs);
    List<DrawnFigure> figures = new ArrayList<>();
    for (Figure each :
        Figures.of(runs, rows, metrics, floor, measuredOn, axes(settings), page(settings))) {
      figures.add(FigureFiles.write(each, folder));
    }
    for (Report.MetricTable each : tables) {
      write(folder, each);
    }
    Optional<Table> published = PublishedTable.of(runs.get(0).record().experiment());
    if (published.isPresent()) {
      write(folder, "published.csv", CsvTable.of(published.get()));
      write(folder, "published.md", MarkdownTable.of(published.get()));
      write(folder, "published.tex", LatexTable.acrossPage(published.get()));
    }
    List<JudgedFinding> findings = Findings.of(runs, rows, floor, tests);
    if (!findings.isEmpty()) {
      write(folder, "findings.csv", CsvTable.of(FindingsTables.all(findings)));
      write(
          folder,
          "findings.md",
          Stream.concat(
                  FindingsTables.verdicts(findings).stream(),
                  Stream.of(FindingsTables.comparisons(findings)))
              .map(MarkdownTable::of)
              .collect(Collectors.joining("\n")));
    }
    Optional<ImageGrid> images = Reconstructions.write(runs, rows, folder);
    List<SamplePicture> pictures = new ArrayList<>();
    WorstReconstructions.write(runs, rows, folder).ifPresent(pictures::add);
    pictures.addAll(Samples.copy(runs, rows, folder));
    write(
        folder,
        PAGE,
        ReportPage.of(
            new Report(runs, rows, findings, figures, images, tables, published, pictures),
            folder));
  }

  private static void write(Path folder, Report.MetricTable named) throws IOException {
    MetricTables tables = named.tables();
    String further = tables.further().map(MarkdownTable::of).map(each -> "\n" + each).orElse("");
    write(folder, named.file() + ".csv", CsvTable.of(tables.all()));
    write(folder, named.file() + ".md", MarkdownTable.of(tables.chosen()) + further);
    write(folder, named.file() + ".tex", LatexTable.acrossPage(tables.chosen()));
    write(folder, named.file() + "-narrow.tex", LatexTable.inColumn(tables.chosen()));
    if (tables.further().isPresent()) {
      write(folder, named.file() + "-more.tex", LatexTable.acrossPage(tables.further().get()));
    }
  }

  /** Tokenizers, then generators: what one kind is measured by says nothing of the other. */
  private static List<Report.MetricTable> tables(
      List<Run> runs, List<Row> rows, Floor floor, PairedTests tests, String columns)
      throws IOException {
    List<Row> tokenizers = rows.stream().filter(row -> !row.generates()).toList();
    List<Row> generators = rows.stream().filter(Row::generates).toList();
    String experiment = runs.get(0).record().experiment();
    List<MeasuredBy> measured = MeasuredBy.in(Row.cellsOf(rows));
    List<Report.MetricTable> tables = new ArrayList<>();
    if (generators.isEmpty() || !tokenizers.isEmpty()) {
      tables.add(
          new Report.MetricTable(
              "metrics",
              "Tokenizers",
              MetricTables.of(
                  experiment,
                  caption(runs, tokenizers),
                  tokenizers,
                  floor,
                  Contrasts.of(tokenizers, tests),
                  tests,
                  ColumnChoice.of(columns, measured, false))));
    }
    if (!generators.isEmpty()) {
      tables.add(
          new Report.MetricTable(
              "generation",
              "Generators",
              MetricTables.of(
                  experiment + "-generation",
                  caption(runs, generators),
                  generators,
                  floor,
                  Contrasts.of(generators, tests),
                  tests,
                  ColumnChoice.of(columns, measured, true))));
    }
    return tables;
  }

  private static List<Axis> axes(Settings settings) {
    return switch (settings.bind(Options.class).axis()) {
      case "size" -> List.of(Axis.SIZE);
      case "bits" -> List.of(Axis.BITS);
      default -> List.of(Axis.values());
    };
  }

  private static PageWidth page(Settings settings) {
    return PageWidth.valueOf(settings.bind(Options.class).width().toUpperCase(Locale.ROOT));
  }

  private static String measuredOn(List<Run> runs) {
    String data =
        runs.stream()
            .map(run -> run.record().dataset())
            .filter(dataset -> dataset != null)
            .map(each -> each.shortName() + " " + size(each.imageSize()))
            .distinct()
            .collect(Collectors.joining(" and "));
    return data.isEmpty() ? "measured" : "measured on " + data;
  }

  /** As it is printed, with a multiplication sign. */
  private static String size(ImageSize size) {
    return size.height() + " × " + size.width();
  }

  private static String caption(List<Run> runs, List<Row> rows) {
    RunRecord record = runs.get(0).record();
    String title = record.title() == null ? record.experiment() : record.title();
    return title
        + ", "
        + measuredOn(runs)
        + "."
        + Pooling.words(rows).map(each -> " " + each).orElse("");
  }

  private static void write(Path folder, String name, String text) throws IOException {
    ResultFiles.writeWhole(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
