package dev.vernier.reports.html;

import dev.vernier.records.Cell;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import dev.vernier.reports.charts.DrawnFigure;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.comparison.Pooling;
import dev.vernier.reports.findings.FindingSentence;
import dev.vernier.reports.findings.FindingsTables;
import dev.vernier.reports.findings.JudgedFinding;
import dev.vernier.reports.html.PageView.Drawing;
import dev.vernier.reports.html.PageView.Image;
import dev.vernier.reports.html.PageView.ImageRow;
import dev.vernier.reports.html.PageView.Images;
import dev.vernier.reports.html.PageView.Link;
import dev.vernier.reports.html.PageView.Numbers;
import dev.vernier.reports.samples.ImageGrid;
import dev.vernier.reports.samples.ImageGrid.Picture;
import dev.vernier.reports.samples.Reconstructions;
import dev.vernier.reports.samples.SamplePicture;
import dev.vernier.reports.tables.TableView;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Writes the page of a report: one file that needs no other, and no network. */
public final class ReportPage {
  /** What every such page says of itself, and no other. */
  public static final String GENERATOR = "<meta name=\"generator\" content=\"Vernier\">";

  /** More bytes of samples than this lie beside the page, not inside it. */
  private static final long MOST_BYTES = 6_000_000;

  /** What is as wide as a printed page fills half of this one, and all letters are of one size. */
  private static final double PIXELS_PER_POINT = 1.22;

  /** The scale of what has a single one. */
  private static final String NO_SCALE = "single";

  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          ReportPage.class.getClassLoader(),
          ReportPage.class.getPackageName());

  private final Report report;
  private final Path folder;
  private final List<Drawing> pictures = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  private ReportPage(Report report, Path folder) {
    this.report = report;
    this.folder = folder;
  }

  /**
   * The whole document.
   *
   * @param folder where the files of the report lie
   */
  public static String of(Report report, Path folder) throws IOException {
    StringOutput page = new StringOutput();
    TEMPLATES.render("page.jte", new ReportPage(report, folder).view(), page);
    return page.toString();
  }

  private PageView view() throws IOException {
    RunRecord first = report.runs().get(0).record();
    collectSamples();
    return new PageView(
        first.title() == null ? first.experiment() : first.title(),
        Assets.read(),
        summary(),
        JudgedFinding.bySource(report.findings()).stream().map(ReportPage::findings).toList(),
        report.figures().stream().map(ReportPage::drawing).toList(),
        numbers(),
        report.images().map(ReportPage::images),
        pictures,
        links,
        Origins.of(report));
  }

  private List<String> summary() {
    List<String> paragraphs =
        IntStream.range(0, report.runs().size())
            .mapToObj(this::summary)
            .collect(Collectors.toCollection(ArrayList::new));
    Pooling.words(report.rows()).ifPresent(paragraphs::add);
    return paragraphs;
  }

  private String summary(int place) {
    Run run = report.runs().get(place);
    RunRecord record = run.record();
    long failed = count(run, Cell.Status.FAILED);
    return Stream.of(
            report.runs().size() > 1
                ? "Run " + (place + 1) + ": experiment " + record.experiment()
                : "Experiment " + record.experiment(),
            record.scale() == null || record.scale().equals(NO_SCALE)
                ? ""
                : ", scale " + record.scale(),
            record.dataset() == null ? "" : ", " + data(record.dataset()),
            run.cells().stream().anyMatch(cell -> !cell.untrained()) ? ", " + seeds(record) : "",
            ". %s of %s cells are measured"
                .formatted(
                    count(run, Cell.Status.FINISHED),
                    Math.max(record.cells().size(), run.cells().size())),
            failed > 0 ? ", " + failed + " failed" : "",
            ".",
            nets(record),
            sessions(record))
        .collect(Collectors.joining());
  }

  private static String seeds(RunRecord record) {
    return record.seeds().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", record.seeds().size() == 1 ? "seed " : "seeds ", ""));
  }

  /** What scored, and what the tokenizers learned from: a sibling of it would flatter them. */
  private static String nets(RunRecord record) {
    if (record.features() == null) {
      return "";
    }
    Set<String> taught = new LinkedHashSet<>();
    Optional.ofNullable(record.shared().get(RunRecord.PERCEPTUAL_DISTANCE))
        .ifPresent(each -> taught.add(each.replaceFirst(" .*", "")));
    record.teachers().values().forEach(each -> taught.add(each.name()));
    return " Scored by %s features; %s."
        .formatted(
            record.features().name(),
            taught.isEmpty() ? "no teacher net" : "taught by " + String.join(", ", taught));
  }

  private static String sessions(RunRecord record) {
    return record.earlier().isEmpty()
        ? ""
        : " It ran in %s sessions that differ in %s, any of which may have computed any cell."
            .formatted(record.provenances().size(), String.join(", ", Origins.differences(record)));
  }

  private static String data(RunRecord.Dataset dataset) {
    return "%s at %s pixels, %s images measured"
        .formatted(dataset.shortName(), dataset.imageSize(), dataset.validation());
  }

  private static long count(Run run, Cell.Status status) {
    return run.cells().stream().filter(cell -> cell.status() == status).count();
  }

  private static PageView.Findings findings(List<JudgedFinding> ofOneSource) {
    return new PageView.Findings(
        ofOneSource.get(0).heading(), ofOneSource.stream().map(ReportPage::finding).toList());
  }

  private static PageView.Finding finding(JudgedFinding judged) {
    FindingSentence sentence = FindingSentence.of(judged);
    String kind =
        switch (judged.verdict()) {
          case HOLDS -> "held";
          case DOES_NOT_HOLD -> "refuted";
          case IN_THIS_DIRECTION, IN_THE_OTHER_DIRECTION, NOT_DECIDED -> "open";
          case NOT_JUDGED, NOT_MEASURED -> "unjudged";
        };
    return new PageView.Finding(
        kind,
        sentence.verdict(),
        judged.finding().name(),
        judged.finding().sentence(),
        sentence.because());
  }

  private static Drawing drawing(DrawnFigure drawn) {
    Figure figure = drawn.figure();
    return new Drawing(
        DataUri.of(drawn),
        figure.title() + ". " + figure.caption(),
        Math.round(PIXELS_PER_POINT * figure.width()),
        Math.round(PIXELS_PER_POINT * drawn.height()),
        figure.title(),
        figure.caption(),
        Stream.of("svg", "pdf", "png", "csv", "tex")
            .map(type -> figure.id() + "." + type)
            .toList());
  }

  private List<Numbers> numbers() {
    List<Numbers> all = new ArrayList<>();
    if (!report.rows().isEmpty()) {
      report.tables().forEach(each -> all.add(measured(each)));
    }
    report
        .published()
        .ifPresent(
            table ->
                all.add(
                    new Numbers(
                        "published",
                        "Published numbers",
                        "",
                        TableView.of("Published numbers", table),
                        "",
                        List.of(),
                        List.of("published.csv", "published.md", "published.tex"))));
    if (!report.findings().isEmpty()) {
      all.add(
          new Numbers(
              "comparisons",
              "Findings in numbers",
              "",
              List.of(),
              "Every comparison, its interval, p value and test",
              List.of(
                  TableView.whole(
                      "Comparisons of the findings",
                      FindingsTables.comparisons(report.findings()))),
              List.of("findings.csv", "findings.md")));
    }
    return all;
  }

  private Numbers measured(Report.MetricTable named) {
    List<TableView> further =
        named
            .tables()
            .further()
            .map(table -> TableView.of(named.name() + ", further numbers", table))
            .orElse(List.of());
    return new Numbers(
        named.file(),
        named.name(),
        (report.rows().stream().anyMatch(row -> row.spec().isPresent())
                ? "Rows of one total codebook size need not take the same bits per token, nor have as"
                    + " many parameters. "
                : "")
            + "Click a heading to sort.",
        TableView.of(named.name(), named.tables().chosen()),
        "All other numbers of the same rows",
        further,
        Stream.of(".csv", ".md", ".tex", "-narrow.tex").map(end -> named.file() + end).toList());
  }

  private static Images images(ImageGrid grid) {
    List<ImageRow> rows = new ArrayList<>();
    rows.add(row(0, List.of("originals"), grid.originals()));
    for (int i = 0; i < grid.rows().size(); i++) {
      rows.add(row(i + 1, grid.rows().get(i).label(), grid.rows().get(i).images()));
    }
    return new Images(rows, grid.caption(), Reconstructions.FILE);
  }

  private static ImageRow row(int row, List<String> label, List<Picture> pictures) {
    return new ImageRow(
        label,
        IntStream.range(0, pictures.size())
            .mapToObj(
                i ->
                    new Image(
                        id(row, i),
                        row == 0 ? null : id(0, i),
                        DataUri.of(pictures.get(i).type(), pictures.get(i).base64()),
                        (row == 0 ? "original" : label.get(0)) + ", image " + (i + 1)))
            .toList());
  }

  private static String id(int row, int column) {
    return "image-" + row + "-" + column;
  }

  /** Samples of generators stand inside the page while there is room, everything else beside it. */
  private void collectSamples() throws IOException {
    long bytes = 0;
    for (SamplePicture each : report.samples()) {
      if (!each.inPage()) {
        links.add(new Link(each.file(), each.caption()));
        continue;
      }
      byte[] content = Files.readAllBytes(folder.resolve(each.file()));
      Optional<BufferedImage> image =
          bytes + content.length <= MOST_BYTES
              ? Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(content)))
              : Optional.empty();
      if (image.isPresent()) {
        bytes += content.length;
        pictures.add(picture(each, content, image.get()));
      } else {
        links.add(new Link(each.file(), each.caption()));
      }
    }
  }

  private static Drawing picture(SamplePicture sample, byte[] content, BufferedImage image) {
    return new Drawing(
        DataUri.of("image/png", content),
        sample.description(),
        image.getWidth(),
        image.getHeight(),
        "",
        sample.caption(),
        List.of(sample.file()));
  }
}
