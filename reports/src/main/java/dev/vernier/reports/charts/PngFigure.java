package dev.vernier.reports.charts;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A figure as PNG at 300 dots an inch, which the file says. */
final class PngFigure {
  private static final double DOTS_PER_INCH = 300;
  private static final double SCALE = DOTS_PER_INCH / 72;
  private static final String FORMAT = "javax_imageio_png_1.0";

  private PngFigure() {}

  static byte[] of(FigureLayout layout) throws IOException {
    BufferedImage picture =
        new BufferedImage(
            (int) Math.ceil(layout.figure().width() * SCALE),
            (int) Math.ceil(layout.height() * SCALE),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D target = picture.createGraphics();
    target.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    target.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    target.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    target.setPaint(Color.WHITE);
    target.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    target.scale(SCALE, SCALE);
    layout.draw(target);
    target.dispose();
    return encoded(picture);
  }

  private static byte[] encoded(BufferedImage picture) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(picture), writer.getDefaultWriteParam());
      metadata.mergeTree(FORMAT, resolution());
      writer.setOutput(out);
      writer.write(new IIOImage(picture, null, metadata));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static IIOMetadataNode resolution() {
    String dotsPerMetre = String.valueOf(Math.round(DOTS_PER_INCH / 0.0254));
    IIOMetadataNode dots = new IIOMetadataNode("pHYs");
    dots.setAttribute("pixelsPerUnitXAxis", dotsPerMetre);
    dots.setAttribute("pixelsPerUnitYAxis", dotsPerMetre);
    dots.setAttribute("unitSpecifier", "meter");
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    root.appendChild(dots);
    return root;
  }
}
