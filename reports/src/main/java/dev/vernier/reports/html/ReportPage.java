package dev.vernier.reports.html;

import dev.vernier.records.Cell;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.FigureFiles;
import dev.vernier.reports.comparison.Pooling;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.findings.FindingsTables;
import dev.vernier.reports.samples.SamplePicture;
import dev.vernier.reports.tables.HtmlTable;
import dev.vernier.reports.text.XmlText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the page of a report. */
public final class ReportPage {
  private final Report report;

  private ReportPage(Report report) {
    this.report = report;
  }

  /** The whole document. */
  public static String of(Report report) throws IOException {
    return new ReportPage(report).document();
  }

  private String document() throws IOException {
    RunRecord first = report.runs().get(0).record();
    String title = first.title() == null ? first.experiment() : first.title();
    return Page.of(
        title,
        List.of(
            summary(),
            Page.section("findings", "Findings", findings()),
            Page.section("figures", "Figures", figures()),
            Page.section("metrics", "All metrics", metrics()),
            Page.section("failed", "Failed cells", failed()),
            Page.section("notes", "Notes", notes()),
            Page.section("samples", "Samples", samples()),
            Page.section("published", "Published numbers", published()),
            Page.section("provenance", "Provenance", ProvenanceSection.of(report.runs()))));
  }

  private String summary() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < report.runs().size(); i++) {
      Run run = report.runs().get(i);
      RunRecord record = run.record();
      long failed = count(run, Cell.Status.FAILED);
      String which = report.runs().size() > 1 ? "Run " + (i + 1) + ": experiment " : "Experiment ";
      text.append("<p>")
          .append(XmlText.escape(which + record.experiment()))
          .append(record.scale() == null ? "" : XmlText.escape(", scale " + record.scale()))
          .append(record.dataset() == null ? "" : XmlText.escape(", " + data(record.dataset())))
          .append(", seeds ")
          .append(record.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")))
          .append(". ")
          .append(count(run, Cell.Status.FINISHED))
          .append(" of ")
          .append(Math.max(record.cells().size(), run.cells().size()))
          .append(" cells are measured")
          .append(failed > 0 ? ", <a href=\"#failed\">" + failed + " failed</a>" : "")
          .append(".")
          .append(nets(record))
          .append(sessions(record))
          .append("</p>\n");
    }
    Pooling.words(report.rows()).map(Page::paragraph).ifPresent(text::append);
    return text.toString();
  }

  /** What scored, and what the tokenizers learned from: a sibling of it would flatter them. */
  private static String nets(RunRecord record) {
    if (record.features() == null) {
      return "";
    }
    Set<String> taught = new LinkedHashSet<>();
    Optional.ofNullable(record.shared().get(RunRecord.PERCEPTUAL_DISTANCE))
        .ifPresent(each -> taught.add(each.split(" ", 2)[0]));
    record.teachers().values().forEach(each -> taught.add(each.name()));
    return XmlText.escape(
        " Scored by %s features; %s."
            .formatted(
                record.features().name(),
                taught.isEmpty() ? "no net taught" : "taught by " + String.join(", ", taught)));
  }

  private static String sessions(RunRecord record) {
    if (record.earlier().isEmpty()) {
      return "";
    }
    return " It ran in %s sessions that differ in %s, any of which may have made any cell (<a href=\"#provenance\">provenance</a>)."
        .formatted(
            record.provenances().size(),
            XmlText.escape(String.join(", ", ProvenanceSection.differences(record))));
  }

  private static String data(RunRecord.Dataset dataset) {
    return "%s at %s pixels, %s images measured"
        .formatted(dataset.name(), dataset.imageSize(), dataset.validation());
  }

  private static long count(Run run, Cell.Status status) {
    return run.cells().stream().filter(cell -> cell.status() == status).count();
  }

  private String findings() {
    if (report.findings().isEmpty()) {
      return "";
    }
    return HtmlTable.of(FindingsTables.verdicts(report.findings()))
        + Page.wide(
            "Comparisons of the findings",
            HtmlTable.of(FindingsTables.comparisons(report.findings())))
        + "<p class=\"files\">The same as <a href=\"findings.csv\">csv</a> (with every digit),"
        + " <a href=\"findings.md\">md</a>.</p>\n";
  }

  private String figures() {
    if (report.rows().isEmpty()) {
      return Page.paragraph("No cell has numbers to draw.");
    }
    List<String> shown =
        report.figures().stream()
            .map(ReportPage::figure)
            .collect(Collectors.toCollection(ArrayList::new));
    report
        .reconstructions()
        .map(ReportPage::picture)
        .ifPresent(picture -> shown.add(Math.min(1, shown.size()), picture));
    return String.join("", shown);
  }

  private static String figure(Figure figure) {
    String files =
        List.of("svg", "pdf", "png").stream()
            .map(type -> "<a href=\"%1$s.%2$s\">%2$s</a>".formatted(figure.id(), type))
            .collect(Collectors.joining(", "));
    return """
        <figure style="max-width: %spx">
        %s
        <figcaption><strong>%s.</strong> %s <span class="files">(%s)</span></figcaption>
        </figure>
        """
        .formatted(
            figure.width(),
            FigureFiles.svg(figure),
            XmlText.escape(figure.title()),
            XmlText.escape(figure.caption()),
            files);
  }

  private String metrics() {
    if (report.rows().isEmpty()) {
      return Page.paragraph("No cell is measured.");
    }
    return Page.paragraph(
            "Rows of one total codebook size need not take the same bits per token, nor have as many"
                + " trained parameters: both have a column. What all cells share, and what differs"
                + " between them, is among the settings in the provenance; what a cell learned from"
                + " besides its images is in the notes.")
        + report.tables().stream().map(ReportPage::table).collect(Collectors.joining());
  }

  private static String table(Report.MetricTable metrics) {
    return Page.wide(metrics.name(), HtmlTable.of(metrics.tables().chosen()))
        + metrics
            .tables()
            .further()
            .map(each -> Page.wide(metrics.name() + ", further numbers", HtmlTable.of(each)))
            .orElse("")
        + ("<p class=\"files\">The same as <a href=\"%1$s.csv\">csv</a> (with every digit),"
                + " <a href=\"%1$s.md\">md</a>, <a href=\"%1$s.tex\">tex</a>.</p>\n")
            .formatted(metrics.file());
  }

  private String failed() {
    StringBuilder items = new StringBuilder();
    for (Run run : report.runs()) {
      for (Cell cell : run.cells()) {
        if (cell.status() == Cell.Status.FAILED) {
          String error = cell.error() == null ? "no error was recorded" : cell.error();
          items.append(
              "<li><strong>%s</strong>, %s, cell <code>%s</code>: %s</li>\n"
                  .formatted(
                      XmlText.escape(String.valueOf(cell.method())),
                      cell.seedWords(),
                      XmlText.escape(cell.id()),
                      XmlText.escape(error)));
        }
      }
    }
    return items.isEmpty() ? "" : "<ul>\n" + items + "</ul>\n";
  }

  private String notes() {
    Map<String, Set<String>> labels = new LinkedHashMap<>();
    for (Row row : report.rows()) {
      for (Cell cell : row.cells()) {
        cell.notes()
            .forEach(
                note ->
                    labels.computeIfAbsent(note, each -> new LinkedHashSet<>()).add(row.label()));
      }
    }
    String items =
        labels.entrySet().stream()
            .map(
                note ->
                    "<li>%s <span class=\"files\">(%s)</span></li>\n"
                        .formatted(
                            XmlText.escape(note.getKey()),
                            XmlText.escape(String.join(", ", note.getValue()))))
            .collect(Collectors.joining());
    return items.isEmpty() ? "" : "<ul>\n" + items + "</ul>\n";
  }

  private String samples() {
    String pictures =
        report.samples().stream().map(ReportPage::picture).collect(Collectors.joining());
    return pictures.isEmpty()
        ? ""
        : Page.paragraph("Each caption says what the rows of its picture show, from top to bottom.")
            + pictures;
  }

  private static String picture(SamplePicture picture) {
    return """
        <figure>
        <img src="%s" alt="%s" loading="lazy">
        <figcaption>%s</figcaption>
        </figure>
        """
        .formatted(
            XmlText.escape(picture.file()),
            XmlText.escape(picture.description()),
            XmlText.escape(picture.caption()));
  }

  private String published() {
    return report
        .published()
        .map(each -> Page.wide("Published numbers", HtmlTable.of(each)))
        .orElse("");
  }
}
