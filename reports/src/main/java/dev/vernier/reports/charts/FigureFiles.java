package dev.vernier.reports.charts;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import dev.vernier.records.ResultFiles;
import dev.vernier.reports.text.XmlText;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;

/** Writes a figure as SVG, PDF and PNG. */
public final class FigureFiles {
  /** Pixels a point: 216 dots an inch. */
  private static final int PNG_SCALE = 3;

  private FigureFiles() {}

  /** Writes {@code id.svg}, {@code id.pdf} and {@code id.png} into a folder. */
  public static void write(Figure figure, Path folder) throws IOException {
    String svg = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg(figure) + "\n";
    ResultFiles.writeWhole(
        folder.resolve(figure.id() + ".svg"), svg.getBytes(StandardCharsets.UTF_8));
    ResultFiles.writeWhole(folder.resolve(figure.id() + ".pdf"), pdf(figure));
    ResultFiles.writeWhole(folder.resolve(figure.id() + ".png"), png(figure));
  }

  /** The figure as an SVG element with a title and a description for those who do not see it. */
  public static String svg(Figure figure) {
    SVGGraphics2D target = new SVGGraphics2D(figure.width(), figure.height());
    // The default prefix is the time, which would make every file different.
    target.setDefsKeyPrefix(figure.id() + "-");
    figure.draw(target);
    ViewBox all = new ViewBox(0, 0, figure.width(), figure.height());
    String element = target.getSVGElement(figure.id(), true, all, null, null);
    int open = element.indexOf("<svg ") + "<svg ".length();
    int body = element.indexOf('>', open) + 1;
    String described =
        String.format(
            "<title id=\"%1$s-title\">%2$s</title><desc id=\"%1$s-desc\">%3$s</desc>",
            figure.id(), XmlText.escape(figure.title()), XmlText.escape(figure.caption()));
    String names =
        String.format("role=\"img\" aria-labelledby=\"%1$s-title %1$s-desc\" ", figure.id());
    return element.substring(0, open)
        + names
        + element.substring(open, body)
        + described
        + element.substring(body);
  }

  private static byte[] pdf(Figure figure) throws IOException {
    try (PDDocument document = new PDDocument()) {
      // Otherwise the identifier in the file derives from the time.
      document.setDocumentId(1L);
      PDPage page = new PDPage(new PDRectangle(figure.width(), figure.height()));
      document.addPage(page);
      PdfBoxGraphics2D target = new PdfBoxGraphics2D(document, figure.width(), figure.height());
      figure.draw(target);
      target.dispose();
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawForm(target.getXFormObject());
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  private static byte[] png(Figure figure) throws IOException {
    BufferedImage picture =
        new BufferedImage(
            figure.width() * PNG_SCALE, figure.height() * PNG_SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D target = picture.createGraphics();
    target.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    target.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    target.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    target.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    target.scale(PNG_SCALE, PNG_SCALE);
    figure.draw(target);
    target.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }
}
