package dev.vernier.reports.charts;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * A figure as PDF, with the glyphs it needs of its font embedded and its text as text. Characters
 * that the font lacks are drawn as outlines.
 */
final class PdfFigure {
  private PdfFigure() {}

  static byte[] of(FigureLayout layout) throws IOException {
    Figure figure = layout.figure();
    float width = (float) figure.width();
    float height = (float) layout.height();
    try (PDDocument document = new PDDocument();
        PdfBoxGraphics2DFontTextDrawer text = new PdfBoxGraphics2DFontTextDrawer()) {
      // Otherwise the identifier in the file derives from the time.
      document.setDocumentId(1L);
      document.getDocumentInformation().setTitle(figure.title());
      PDPage page = new PDPage(new PDRectangle(width, height));
      document.addPage(page);
      text.registerFont(Typeface.FAMILY, PDType0Font.load(document, Typeface.embeddable(), true));
      PdfBoxGraphics2D target = new PdfBoxGraphics2D(document, width, height);
      target.setFontTextDrawer(text);
      layout.draw(target);
      target.dispose();
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawForm(target.getXFormObject());
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }
}
