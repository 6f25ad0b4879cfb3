package dev.vernier.reports.charts;

import dev.vernier.records.ResultFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Writes a figure for papers, pages and programs: as SVG, PDF and PNG, its points as CSV, and as
 * TikZ.
 */
public final class FigureFiles {
  private static final String PANELS = "panels";

  private FigureFiles() {}

  /**
   * Loads the font, and has pictures do without a cache: both take temporary files, whose hooks the
   * JVM refuses while it ends. A report that has begun is finished after Ctrl-C.
   */
  public static void prepare() {
    ImageIO.setUseCache(false);
    Typeface.embeddable();
  }

  /**
   * Writes {@code id.svg}, {@code id.pdf}, {@code id.png}, {@code id.csv} and {@code id.tex} into a
   * folder, and each of several panels as {@code panels/id-panel} in the first three.
   */
  public static DrawnFigure write(Figure figure, Path folder) throws IOException {
    FigureLayout layout = new FigureLayout(figure);
    String svg = pictures(layout, folder);
    ResultFiles.writeWhole(folder.resolve(figure.id() + ".csv"), bytes(PointsCsv.of(figure)));
    ResultFiles.writeWhole(folder.resolve(figure.id() + ".tex"), bytes(TikzFigure.of(layout)));
    for (Figure part : figure.parts()) {
      pictures(new FigureLayout(part), folder.resolve(PANELS));
    }
    return new DrawnFigure(figure, layout.height(), svg);
  }

  private static String pictures(FigureLayout layout, Path folder) throws IOException {
    String id = layout.figure().id();
    String svg = SvgFigure.of(layout);
    String file = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg + "\n";
    ResultFiles.writeWhole(folder.resolve(id + ".svg"), bytes(file));
    ResultFiles.writeWhole(folder.resolve(id + ".pdf"), PdfFigure.of(layout));
    ResultFiles.writeWhole(folder.resolve(id + ".png"), PngFigure.of(layout));
    return svg;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
