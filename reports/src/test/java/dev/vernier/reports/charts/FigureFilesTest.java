package dev.vernier.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vernier.reports.charts.Scale.Spacing;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FigureFilesTest {
  private static final Method VQ = new Method("VQ & 100%_<x>", "vqgan", Method.Origin.MEASURED);
  private static final Method LFQ =
      new Method("LFQ (Open-MAGVIT2)", "lfq", Method.Origin.PUBLISHED);
  private static final Figure FIGURE = figure(PageWidth.DOUBLE);

  @TempDir static Path folder;

  private static Figure figure(PageWidth page) {
    Line measured =
        new Line(
            VQ,
            "",
            Line.Form.JOINED,
            List.of(
                new Line.Point(
                    256, 12.25, Optional.of(new Line.Whisker(11.5, 13)), "", cost(8, 2_500_000L)),
                new Line.Point(
                    1024, 7.125, Optional.of(new Line.Whisker(6.5, 7.75)), "", cost(10, null))));
    Line published =
        new Line(
            LFQ,
            "",
            Line.Form.JOINED,
            List.of(new Line.Point(16384, 1.17, Optional.empty(), "1024 × 16", Line.Cost.UNKNOWN)));
    LineStyles styles = LineStyles.of(List.of(VQ, LFQ));
    return new Figure(
        "fig",
        "A title",
        "A caption & more",
        List.of(panel("measured", "", measured), panel("published", "Published", published)),
        styles,
        page);
  }

  private static Line.Cost cost(double bitsPerToken, Long parameters) {
    return new Line.Cost(Optional.of(bitsPerToken), Optional.ofNullable(parameters));
  }

  private static Panel panel(String id, String title, Line line) {
    return new Panel(
        id,
        title,
        Scale.covering(
            "Total codebook size",
            Spacing.POWERS_OF_TWO,
            line.points().stream().mapToDouble(Line.Point::x)),
        Scale.covering("rFID ↓", Spacing.LINEAR, DoubleStream.of(1, 14)),
        List.of(line));
  }

  @BeforeAll
  static void write() throws IOException {
    FigureFiles.write(FIGURE, folder);
  }

  private static String text(String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
  }

  @Test
  void writesTheFigure_andItsPanelsApart() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).map(each -> folder.relativize(each).toString()))
          .containsExactlyInAnyOrder(
              "fig.svg",
              "fig.pdf",
              "fig.png",
              "fig.csv",
              "fig.tex",
              "panels/fig-measured.svg",
              "panels/fig-measured.pdf",
              "panels/fig-measured.png",
              "panels/fig-published.svg",
              "panels/fig-published.pdf",
              "panels/fig-published.png");
    }
    assertThat(text("panels/fig-measured.svg")).doesNotContain("Open-MAGVIT2");
  }

  @Test
  void names_leadOutOfNoFolder() {
    Line line = FIGURE.panels().get(0).lines().get(0);
    Panel leading = panel("/../../panel", "", line);
    Figure figure =
        new Figure(
            "rfid-/../../a\\b c",
            "",
            "",
            List.of(leading, leading),
            FIGURE.styles(),
            PageWidth.DOUBLE);
    assertThat(figure.id()).isEqualTo("rfid--..-..-a-b-c");
    assertThat(figure.parts().get(0).id()).isEqualTo("rfid--..-..-a-b-c--..-..-panel");
  }

  @Test
  void pdf_embedsItsFontAndKeepsTextAsText() throws IOException {
    try (PDDocument pdf = Loader.loadPDF(folder.resolve("fig.pdf").toFile())) {
      List<PDFont> fonts = fonts(pdf.getPage(0).getResources()).toList();
      assertThat(fonts)
          .isNotEmpty()
          .allSatisfy(
              font -> {
                assertThat(font.isEmbedded()).isTrue();
                assertThat(font.getName()).matches("[A-Z]{6}\\+LiberationSans");
              });
      assertThat(new PDFTextStripper().getText(pdf))
          .contains("VQ & 100%_<x>")
          .contains("1024 × 16")
          .contains("16,384")
          .contains("Total codebook size");
      assertThat(pdf.getPage(0).getMediaBox().getWidth()).isEqualTo(504.6f, within(0.1f));
    }
    assertThat(folder.resolve("fig.pdf").toFile().length()).isLessThan(100_000);
  }

  private static Stream<PDFont> fonts(PDResources resources) {
    return Stream.concat(
        names(resources.getFontNames()).map(name -> font(resources, name)),
        names(resources.getXObjectNames())
            .map(name -> form(resources, name).getResources())
            .flatMap(FigureFilesTest::fonts));
  }

  private static Stream<COSName> names(Iterable<COSName> names) {
    return StreamSupport.stream(names.spliterator(), false);
  }

  private static PDFont font(PDResources resources, COSName name) {
    try {
      return resources.getFont(name);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static PDFormXObject form(PDResources resources, COSName name) {
    try {
      return (PDFormXObject) resources.getXObject(name);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void png_has300DotsAnInch() throws IOException {
    BufferedImage picture = ImageIO.read(folder.resolve("fig.png").toFile());
    assertThat(picture.getWidth()).isEqualTo((int) Math.ceil(178 / 25.4 * 300));
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(folder.resolve("fig.png").toFile())) {
      reader.setInput(in);
      NodeList dots =
          ((Element) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0"))
              .getElementsByTagName("pHYs");
      assertThat(((Element) dots.item(0)).getAttribute("pixelsPerUnitXAxis")).isEqualTo("11811");
    } finally {
      reader.dispose();
    }
  }

  @Test
  void svg_isTextInAFontThatEveryoneHas() throws IOException {
    assertThat(text("fig.svg"))
        .contains("font-family=\"Liberation Sans, Arial, Helvetica, sans-serif\"")
        .contains(">1,024</text>")
        .contains(">16,384</text>")
        .contains(">rFID ↓</text>")
        .contains(">VQ &amp; 100%_&lt;x&gt;</text>")
        .contains("<desc id=\"fig-desc\">A caption &amp; more</desc>")
        .contains("width=\"504.567pt\"")
        .contains("viewBox=\"0 0 504.567 220\"");
  }

  /** Pages hold several figures, and look at them from elsewhere. */
  @Test
  void svg_namesItsPartsAfterItself_andReachesNothingOutside() throws Exception {
    Element svg =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("fig.svg").toFile())
            .getDocumentElement();
    NodeList all = svg.getElementsByTagName("*");
    List<Element> elements =
        IntStream.range(0, all.getLength()).mapToObj(i -> (Element) all.item(i)).toList();
    assertThat(elements.stream().map(each -> each.getAttribute("id")).filter(id -> !id.isEmpty()))
        .contains("fig-title", "fig-clipPath1")
        .allSatisfy(id -> assertThat(id).startsWith("fig-"))
        .doesNotHaveDuplicates();
    assertThat(elements.stream().map(Element::getTagName).distinct())
        .containsOnly("title", "desc", "defs", "clipPath", "g", "rect", "line", "path", "text");
    assertThat(elements.stream().map(each -> each.getAttribute("clip-path")).distinct())
        .containsOnly("", "url(#fig-clipPath1)", "url(#fig-clipPath2)");
    assertThat(text("fig.svg")).doesNotContain("href", " style=", "<!");
  }

  @Test
  void theSameFigure_givesTheSameBytes() throws IOException {
    assertThat(SvgFigure.of(new FigureLayout(figure(PageWidth.DOUBLE))))
        .isEqualTo(SvgFigure.of(new FigureLayout(FIGURE)));
    assertThat(PdfFigure.of(new FigureLayout(figure(PageWidth.DOUBLE))))
        .isEqualTo(PdfFigure.of(new FigureLayout(FIGURE)));
  }

  @Test
  void oneLegend_namesEveryLineOnce() throws IOException {
    assertThat(text("fig.svg").split(">LFQ \\(Open-MAGVIT2\\)</text>", -1)).hasSize(2);
    assertThat(text("fig.svg").split(">VQ &amp; 100%_&lt;x&gt;</text>", -1)).hasSize(2);
  }

  @Test
  void csv_holdsThePointsDigitByDigit() throws IOException {
    assertThat(text("fig.csv"))
        .isEqualTo(
            """
            panel,x_axis,y_axis,line,origin,x,y,low,high,note,bits_per_token,parameters
            measured,Total codebook size,rFID ↓,VQ & 100%_<x>,measured,256.0,12.25,11.5,13.0,,8.0,2500000
            measured,Total codebook size,rFID ↓,VQ & 100%_<x>,measured,1024.0,7.125,6.5,7.75,,10.0,
            published,Total codebook size,rFID ↓,LFQ (Open-MAGVIT2),published,16384.0,1.17,,,1024 × 16,,
            """);
  }

  @Test
  void aSingleColumn_is85MillimetresWide() {
    assertThat(figure(PageWidth.SINGLE).width()).isEqualTo(85 / 25.4 * 72, within(1e-9));
    assertThat(new FigureLayout(figure(PageWidth.SINGLE)).height())
        .isGreaterThan(new FigureLayout(FIGURE).height());
    assertThat(FIGURE.parts()).allSatisfy(part -> assertThat(part.width()).isLessThan(242));
  }

  @Test
  void namesWithoutGlyphs_areDrawnInTheSystemsFont() throws IOException {
    Method method = new Method("方法", "own", Method.Origin.MEASURED);
    Line line = new Line(method, "", Line.Form.JOINED, List.of(Line.Point.of(256, 2)));
    Figure figure =
        new Figure(
            "own",
            "t",
            "c",
            List.of(panel("p", "", line)),
            LineStyles.of(List.of(method)),
            PageWidth.SINGLE);
    assertThat(SvgFigure.of(new FigureLayout(figure)))
        .contains(">方法</text>")
        .contains("font-family=\"sans-serif\"");
    assertThat(PdfFigure.of(new FigureLayout(figure))).isNotEmpty();
  }

  @Test
  void tikz_compilesAsItStands() throws Exception {
    assumeTrue(isInstalled("pdflatex"), "pdflatex is not installed: the picture is not compiled");
    Files.writeString(
        folder.resolve("paper.tex"),
        """
        \\documentclass{article}
        \\usepackage{pgfplots}
        \\pgfplotsset{compat=1.16}
        \\begin{document}
        \\noindent\\input{fig.tex}
        \\end{document}
        """);
    Process latex =
        new ProcessBuilder("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("latex.out").toFile())
            .start();
    assertThat(latex.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(latex.exitValue()).as("%s", text("latex.out")).isZero();
    try (PDDocument pdf = Loader.loadPDF(folder.resolve("paper.pdf").toFile())) {
      assertThat(new PDFTextStripper().getText(pdf))
          .contains("VQ & 100%")
          .contains("16,384")
          .contains("LFQ (Open-MAGVIT2)");
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  /** Two points at one place: the filled one of the later line hides the hollow one. */
  @Test
  void laterLines_areDrawnOverEarlierOnes() throws IOException {
    Scale middle = Scale.covering("", Spacing.LINEAR, DoubleStream.of(0, 2));
    List<Line.Point> place = List.of(Line.Point.of(1, 1));
    Line below = new Line(LFQ, "", Line.Form.CLOUD, place);
    Line above = new Line(VQ, "", Line.Form.CLOUD, place);
    FigureLayout layout =
        new FigureLayout(
            new Figure(
                "fig",
                "",
                "",
                List.of(new Panel("only", "", middle, middle, List.of(below, above))),
                LineStyles.of(List.of(VQ, LFQ)),
                PageWidth.SINGLE));
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(PngFigure.of(layout)));
    Rectangle2D axes = layout.axes().get(0);
    int x = (int) Math.round(axes.getCenterX() * 300 / 72);
    int y = (int) Math.round(axes.getCenterY() * 300 / 72);
    assertThat(new Color(picture.getRGB(x, y))).isNotEqualTo(Color.WHITE);
  }
}
