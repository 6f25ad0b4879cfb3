package dev.vernier.reports;

import static dev.vernier.reports.SampleRuns.cell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Metric;
import dev.vernier.records.Run;
import dev.vernier.spi.Settings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Names that mean something to what reads the files of a report. */
class HostileNamesTest {
  private static final String FORMULA = "=HYPERLINK(\"http://localhost\")";
  private static final String MARKUP = "]]></text><script>alert(1)</script>";
  private static final String TEX = "\\input{secret}%\n\n\\end{table} $x";
  private static final String TABLE = "a | b\n\n# <img src=x> [c](javascript:d)";
  private static final String CONTROL = "a\u0001\u000b\u001f\ufffe\ud800b";

  @TempDir private static Path folder;
  private static Run run;

  private static final List<String> LOGGED = new ArrayList<>();

  @BeforeAll
  static void render() throws IOException {
    Handler handler = new Listening();
    Logger.getLogger("").addHandler(handler);
    try {
      renderAll();
    } finally {
      Logger.getLogger("").removeHandler(handler);
    }
  }

  private static void renderAll() throws IOException {
    run =
        SampleRuns.run(
            folder,
            cell(FORMULA, 1, metrics(), Map.of(), 256),
            cell(FORMULA, 1, 9, 512),
            cell(MARKUP, 1, 18, 256),
            cell(MARKUP, 1, 10, 512),
            cell(TEX, 1, 17, 256),
            cell(TEX, 1, 11, 512),
            cell(TABLE, 1, 16, 256),
            cell(TABLE, 1, 12, 512),
            cell(CONTROL, 1, 15, 256),
            cell(CONTROL, 1, 14, 512));
    HtmlReport renderer = new HtmlReport();
    Settings settings = Settings.of(renderer.settings(), Map.of());
    renderer.render(List.of(SampleRuns.onDataset(run, MARKUP + CONTROL)), settings, folder);
  }

  /** What libraries log ends in the stderr of the user. */
  private static final class Listening extends Handler {
    @Override
    public void publish(LogRecord line) {
      LOGGED.add(line.getMessage());
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // Nothing to free.
    }
  }

  /** Those of a cell, and one of a hostile key. */
  private static Map<String, Metric> metrics() {
    Map<String, Metric> metrics = SampleRuns.metrics(20, SampleRuns.PROTOCOL);
    metrics.put(
        FORMULA, new Metric(FORMULA, 1, null, null, 1, Metric.Better.LOWER, "/../../" + TEX));
    return metrics;
  }

  private static List<Path> files(String end) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = files.filter(each -> each.toString().endsWith(end)).toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  @Test
  void csv_holdsNoFormula() throws IOException {
    assertThat(ResultsCsv.of(List.of(run)))
        .contains(",\"'=HYPERLINK")
        .doesNotContain("\"=HYPERLINK");
    for (Path file : files(".csv")) {
      assertThat(text(file)).doesNotContainPattern("(^|[,\\n])\"?[=@+]");
    }
    assertThat(text(folder.resolve("metrics.csv"))).contains("\"'=HYPERLINK");
  }

  @Test
  void nothing_isComplainedOf() {
    assertThat(LOGGED).isEmpty();
  }

  @Test
  void svg_isXmlWithoutScripts() throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    for (Path file : files(".svg")) {
      Document document = parser.parse(new InputSource(new StringReader(text(file))));
      NodeList all = document.getElementsByTagName("*");
      for (int i = 0; i < all.getLength(); i++) {
        assertThat(all.item(i).getNodeName()).isNotIn("script", "image", "foreignObject", "a");
      }
    }
  }

  @Test
  void latex_takesNamesForText() throws IOException {
    for (Path file : files(".tex")) {
      String code =
          text(file)
              .lines()
              .filter(line -> !line.startsWith("%"))
              .collect(Collectors.joining("\n"));
      assertThat(code).doesNotContain("\\input{secret}").doesNotContainPattern("(?<!\\\\)\\$x");
      assertThat(text(file).chars().filter(c -> c < ' ' && c != '\n')).isEmpty();
    }
  }

  @Test
  void markdown_keepsRowsAndCells() throws IOException {
    List<String> lines = text(folder.resolve("metrics.md")).lines().toList();
    List<String> rows = lines.stream().filter(line -> line.startsWith("| a \\| b ")).toList();
    List<Integer> headings =
        lines.stream()
            .filter(line -> line.startsWith("| Method"))
            .map(line -> line.split(" \\| ").length)
            .toList();
    assertThat(rows).isNotEmpty();
    assertThat(rows).allSatisfy(row -> assertThat(headings).contains(row.split(" \\| ").length));
    assertThat(lines).noneMatch(line -> line.startsWith("#") || line.startsWith("\\end"));
    assertThat(String.join("\n", lines)).doesNotContainPattern("(?<!\\\\)<(img|script)");
  }
}
