package dev.vernier.reports.tables;

import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.drawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Run;
import dev.vernier.reports.HtmlReport;
import dev.vernier.reports.SampleRuns;
import dev.vernier.spi.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as a journal of two columns sets them: 6.75 inches across both, 3.25 inches each. */
class LatexTableTest {
  private static final String DOCUMENT =
      """
      \\documentclass[10pt,twocolumn]{article}
      \\usepackage{booktabs}
      \\setlength{\\textwidth}{6.75in}
      \\setlength{\\columnsep}{0.25in}
      \\setlength{\\textheight}{9in}
      \\begin{document}
      Text.
      %s
      \\end{document}
      """;

  private static final Pattern OVERFULL = Pattern.compile("Overfull \\\\hbox \\(([0-9.]+)pt");

  @TempDir private Path folder;

  @Test
  void everyTable_fitsAJournal() throws Exception {
    assumeTrue(hasLatex(), "no pdflatex on the PATH: tables are not compiled");
    Path report = render(everything());
    List<String> names =
        List.of(
            "metrics",
            "metrics-more",
            "metrics-narrow",
            "generation",
            "generation-narrow",
            "published");
    for (String name : names) {
      assertThat(overfull(report.resolve(name + ".tex"))).as(name).isEmpty();
    }
    assertThat(Files.readString(report.resolve("metrics-narrow.tex")))
        .contains("LPIPS", "Usage", "171 $\\times$ 3");
    assertThat(Files.readString(report.resolve("metrics.tex")))
        .contains("LPIPS", "Usage", "p{112.0pt}");
    assertThat(Files.readString(report.resolve("metrics-more.tex")))
        .containsOnlyOnce("\\caption{Further numbers.")
        .contains("\\caption{Table~\\ref{tab:table1-more-1}, continued.");
  }

  @Test
  void shortTable_fitsAPageAndAColumn() throws Exception {
    assumeTrue(hasLatex(), "no pdflatex on the PATH: tables are not compiled");
    Cell[] cells = {
      cell("VQGAN", 1, metrics(14.52), Map.of(), 16384),
      cell("FQGAN-Triple", 1, metrics(4.56), Map.of(), 171, 171, 171)
    };
    Path report = render(SampleRuns.run(folder, "mine", "Mine", cells));
    assertThat(overfull(report.resolve("metrics.tex"))).isEmpty();
    assertThat(Files.readString(report.resolve("metrics.tex")))
        .containsOnlyOnce("\\begin{table*}")
        .contains("LPIPS", "Usage", "16,384");
    assertThat(overfull(report.resolve("metrics-narrow.tex"))).isEmpty();
    assertThat(Files.readString(report.resolve("metrics-narrow.tex")))
        .containsOnlyOnce("\\begin{table}")
        .contains("LPIPS", "Usage", "171 $\\times$ 3");
  }

  /** All that the short table can show, at realistic lengths, and what else a run measures. */
  private Run everything() {
    List<Cell> cells = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      cells.add(cell("VQGAN", seed, metrics(14.52 + seed), Map.of(), 16384));
      cells.add(cell("50%_{x}~^&", seed, metrics(9.2), Map.of(), 100_000));
      cells.add(
          cell("a method of a name that takes a line and more", seed, metrics(11), Map.of(), 512));
      cells.add(cell("FQGAN-Triple", seed, metrics(4.56 + seed), Map.of(), 171, 171, 171));
      cells.add(drawn("factorized AR head", cells.get(0), 7.25 + seed));
    }
    return SampleRuns.run(folder, "table1", "Reconstruction & more", cells.toArray(Cell[]::new));
  }

  private static Map<String, Metric> metrics(double rfid) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    for (MetricKind kind : MetricKind.values()) {
      if (kind != MetricKind.USAGE && kind != MetricKind.PERPLEXITY) {
        metrics.put(
            kind.key(),
            Metric.of(
                kind,
                kind == MetricKind.RFID ? " (dataset features)" : "",
                kind == MetricKind.SSIM || kind == MetricKind.LPIPS ? rfid / 40 : rfid,
                Optional.of(new Metric.Interval(rfid - 0.5, rfid + 0.5)),
                50_000,
                "abcd%06d".formatted(metrics.size())));
      }
    }
    return metrics;
  }

  private Path render(Run run) throws IOException {
    HtmlReport renderer = new HtmlReport();
    Path report = Files.createDirectories(folder.resolve("report"));
    renderer.render(List.of(run), Settings.of(renderer.settings(), Map.of()), report);
    return report;
  }

  private static boolean hasLatex() {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .anyMatch(each -> Files.isExecutable(Path.of(each, "pdflatex")));
  }

  /** The lines by more than a point too wide in a document that holds a table. */
  private List<String> overfull(Path table) throws IOException, InterruptedException {
    Path document = folder.resolve("document.tex");
    Files.writeString(document, DOCUMENT.formatted("\\input{" + table + "}"));
    Process latex =
        new ProcessBuilder("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "document.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    assertThat(latex.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String log = Files.readString(folder.resolve("document.log"), StandardCharsets.ISO_8859_1);
    assertThat(latex.exitValue()).as(log).isZero();
    return OVERFULL
        .matcher(log)
        .results()
        .filter(match -> Double.parseDouble(match.group(1)) > 1)
        .map(match -> match.group())
        .toList();
  }
}
