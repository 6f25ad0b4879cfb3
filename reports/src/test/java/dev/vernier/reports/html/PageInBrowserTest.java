package dev.vernier.reports.html;

import static dev.vernier.reports.SampleRuns.cell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vernier.records.Cell;
import dev.vernier.records.Finding;
import dev.vernier.records.Run;
import dev.vernier.reports.HtmlReport;
import dev.vernier.reports.SampleRuns;
import dev.vernier.reports.samples.SamplePictures;
import dev.vernier.spi.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page as a browser shows it. */
class PageInBrowserTest {
  private static final String HOSTILE =
      "</script></style><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";

  private static final String OVERFLOWS =
      "document.documentElement.scrollWidth > document.documentElement.clientWidth";

  @TempDir private static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "no Chromium on the PATH: pages are not looked at");
    Path report = Files.createDirectories(folder.resolve("report"));
    HtmlReport renderer = new HtmlReport();
    renderer.render(List.of(run()), Settings.of(renderer.settings(), Map.of()), report);
    browser = Browser.start(program.get(), Files.createDirectories(folder.resolve("profile")));
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    browser.resize(1280, 800);
    browser.show("screen", "light");
    browser.open(folder.resolve("report/index.html"));
  }

  @AfterEach
  void consoleIsSilent() throws Exception {
    assertThat(browser.errors()).isEmpty();
  }

  private static Run run() throws IOException {
    Cell[] cells = {
      cell("A", 1, 20, 256),
      cell("A", 1, 9, 512),
      cell(HOSTILE, 1, 18, 256),
      cell(HOSTILE, 1, 100, 512)
    };
    Finding.Check check = new Finding.Check("rfid", HOSTILE, null, "A", null, null);
    Finding finding = new Finding(HOSTILE, HOSTILE, null, List.of(check));
    Run run = SampleRuns.run(folder, "mine", "Title " + HOSTILE, List.of(finding), cells);
    for (int i = 0; i < cells.length; i++) {
      SamplePictures.write(run, cells[i], SamplePictures.picture(3, 1, 2 + i));
    }
    return SampleRuns.onDataset(run, "folder:/" + HOSTILE);
  }

  private static String column(String cells) {
    return "Array.from(document.querySelector('#metrics table').tBodies[0].rows, r => "
        + cells
        + ").join('; ')";
  }

  @Test
  void namesRunNoScript() throws Exception {
    assertThat(browser.evaluate("document.title")).isEqualTo("Title " + HOSTILE);
    assertThat(browser.evaluate("document.querySelector('h1').textContent"))
        .isEqualTo("Title " + HOSTILE);
    assertThat(browser.evaluate(column("r.cells[0].textContent")))
        .startsWith("A; A; " + HOSTILE + "; " + HOSTILE);
    assertThat(browser.evaluate("document.scripts.length")).isEqualTo("1");
    assertThat(browser.evaluate("document.body.textContent.includes('folder:/</script>')"))
        .isEqualTo("true");
    // Whatever a name brought into the page, the policy would refuse.
    browser.evaluate(
        "const s = document.createElement('script'); s.textContent = \"document.title='taken'\";"
            + " document.body.append(s);");
    assertThat(browser.evaluate("document.title")).isNotEqualTo("taken");
    assertThat(browser.errors()).hasSize(1).first().asString().contains("Content Security Policy");
    browser.forget();
  }

  @Test
  void errorsAndNamesOfFiles_runNoScript() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Run run = SampleRuns.run(other, cell("A", 1, 20, 256), SampleRuns.failed("B", HOSTILE));
    HtmlReport renderer = new HtmlReport();
    renderer.render(
        List.of(SampleRuns.onDataset(run, "folder:/" + HOSTILE)),
        Settings.of(renderer.settings(), Map.of()),
        other);
    browser.open(other.resolve("index.html"));
    assertThat(browser.evaluate("document.title")).isNotEqualTo("taken");
    assertThat(browser.evaluate("document.scripts.length")).isEqualTo("1");
    assertThat(browser.evaluate("document.body.textContent.split('</script></style>').length > 2"))
        .as("the dataset's name, a skipped file's and the error of a cell")
        .isEqualTo("true");
  }

  /** Everything is inside the file, whatever a name asks for. */
  @Test
  void namesLoadNothing() throws Exception {
    assertThat(
            browser.evaluate(
                "performance.getEntriesByType('resource').map(e => e.name)"
                    + ".filter(name => !name.startsWith('data:')).join(' ')"))
        .isEmpty();
    assertThat(browser.evaluate("document.querySelectorAll('iframe, object, embed, link').length"))
        .isEqualTo("0");
  }

  @Test
  void firstScreen_hasFindingsAndTheMainFigure() throws Exception {
    assertThat(browser.evaluate("document.querySelector('#findings .verdict').textContent"))
        .isEqualTo("not decided");
    assertThat(bottom("#findings")).isLessThan(800);
    assertThat(bottom("#main img")).isLessThan(800);
    assertThat(browser.evaluate("document.querySelector('#main img').naturalWidth > 100"))
        .isEqualTo("true");
    assertThat(browser.evaluate(OVERFLOWS)).isEqualTo("false");
    assertThat(
            browser.evaluate(
                "document.querySelectorAll('img:not([alt]), img[alt=\"\"]:not(#viewer-image)').length"))
        .isEqualTo("0");
    browser.resize(400, 800);
    assertThat(browser.evaluate(OVERFLOWS)).isEqualTo("false");
  }

  private static double bottom(String selector) throws Exception {
    return Double.parseDouble(
        browser.evaluate(
            "document.querySelector('" + selector + "').getBoundingClientRect().bottom"));
  }

  @Test
  void headingsSort_byNumbersAndByKeyboard() throws Exception {
    String rfid = column("parseFloat(r.cells[4].textContent)");
    String heading = "document.querySelector('#metrics table').tHead.rows[0].cells[4]";
    assertThat(browser.evaluate(rfid)).startsWith("20; 9; 18; 100");
    browser.evaluate(heading + ".querySelector('button').focus()");
    browser.press("Enter");
    assertThat(browser.evaluate(rfid)).startsWith("9; 18; 20; 100");
    assertThat(browser.evaluate(heading + ".getAttribute('aria-sort')")).isEqualTo("ascending");
    browser.press("Enter");
    assertThat(browser.evaluate(rfid)).startsWith("100; 20; 18; 9");
    assertThat(browser.evaluate(heading + ".getAttribute('aria-sort')")).isEqualTo("descending");
    browser.evaluate(
        "document.querySelector('#metrics table').querySelectorAll('button')[2].click()");
    assertThat(browser.evaluate(column("r.cells[2].textContent"))).startsWith("256; 256; 512; 512");
    assertThat(browser.evaluate(heading + ".getAttribute('aria-sort')")).isEqualTo("none");
  }

  @Test
  void imagesEnlarge_andFlipToTheOriginal() throws Exception {
    String viewer = "document.getElementById('viewer')";
    String shown = "document.getElementById('viewer-image').src";
    String reconstruction = "document.getElementById('image-1-1').src";
    browser.evaluate("document.getElementById('image-1-1').closest('button').focus()");
    browser.press("Enter");
    assertThat(browser.evaluate(viewer + ".open")).isEqualTo("true");
    assertThat(browser.evaluate(shown + " === " + reconstruction)).isEqualTo("true");
    browser.press("Enter");
    assertThat(browser.evaluate(shown + " === document.getElementById('image-0-1').src"))
        .isEqualTo("true");
    assertThat(browser.evaluate(shown + " === " + reconstruction)).isEqualTo("false");
    browser.press("ArrowRight");
    assertThat(browser.evaluate(shown + " === document.getElementById('image-0-2').src"))
        .isEqualTo("true");
    browser.press("Escape");
    assertThat(browser.evaluate(viewer + ".open")).isEqualTo("false");
    String focused = "setTimeout(() => resolve(document.activeElement.firstElementChild.id), 100)";
    assertThat(browser.evaluate("new Promise(resolve => " + focused + ")")).isEqualTo("image-1-2");
    browser.evaluate("document.querySelector('#main .enlarge').click()");
    assertThat(browser.evaluate("document.getElementById('viewer-flip').hidden")).isEqualTo("true");
  }

  @Test
  void focusMovesInTheOrderOfReading() throws Exception {
    browser.press("Tab");
    assertThat(browser.evaluate("document.activeElement.closest('section').id")).isEqualTo("main");
    String places =
        "Array.from(document.querySelectorAll('button, a, summary, [tabindex]'))"
            + ".every(each => each.tabIndex === 0 || each.tabIndex === -1)";
    assertThat(browser.evaluate(places)).isEqualTo("true");
  }

  @Test
  void darkAndPrint_haveColoursOfTheirOwn() throws Exception {
    String ground = "getComputedStyle(document.body).backgroundColor";
    assertThat(browser.evaluate(ground)).isEqualTo("rgb(255, 255, 255)");
    browser.show("screen", "dark");
    assertThat(browser.evaluate(ground)).isEqualTo("rgb(21, 23, 26)");
    assertThat(
            browser.evaluate(
                "getComputedStyle(document.querySelector('#main img')).backgroundColor"))
        .isEqualTo("rgb(255, 255, 255)");
    browser.show("print", "dark");
    assertThat(browser.evaluate(ground)).isEqualTo("rgb(255, 255, 255)");
  }

  @Test
  void printing_unfoldsEverything() throws Exception {
    browser.show("", "dark");
    try (PDDocument printed = Loader.loadPDF(browser.print())) {
      assertThat(printed.getPage(0).getMediaBox().getWidth())
          .isGreaterThan(printed.getPage(0).getMediaBox().getHeight());
      assertThat(new PDFTextStripper().getText(printed))
          .contains("What was found", "Skipped, and why", "OpenJDK 17", "8 bits, half up");
    }
  }

  @Test
  void theFileNeedsNoOther() throws Exception {
    String page = Files.readString(folder.resolve("report/index.html"), StandardCharsets.UTF_8);
    assertThat(page).doesNotContainPattern("(src|href)=\"(https?:)?//").doesNotContain("@import");
    assertThat(
            browser.evaluate(
                "Array.from(document.images).every(i => i.id === 'viewer-image' || i.src.startsWith('data:'))"))
        .isEqualTo("true");
  }
}
