package dev.vernier.reports.charts;

import dev.vernier.records.ResultFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes a figure for papers, pages and programs: as SVG, PDF and PNG, its points as CSV, and as
 * TikZ.
 */
public final class FigureFiles {
  /** The folder of the panels of figures, beside them. */
  public static final String PANELS = "panels";

  private FigureFiles() {}

  /**
   * Writes {@code id.svg}, {@code id.pdf}, {@code id.png}, {@code id.csv} and {@code id.tex} into a
   * folder, and each of several panels as {@code panels/id-panel} in the first three.
   */
  public static void write(Figure figure, Path folder) throws IOException {
    pictures(figure, folder);
    ResultFiles.writeWhole(folder.resolve(figure.id() + ".csv"), bytes(PointsCsv.of(figure)));
    ResultFiles.writeWhole(folder.resolve(figure.id() + ".tex"), bytes(TikzFigure.of(figure)));
    for (Figure part : figure.parts()) {
      pictures(part, folder.resolve(PANELS));
    }
  }

  /** The figure as an SVG element with a title and a description for those who do not see it. */
  public static String svg(Figure figure) {
    return SvgFigure.of(figure);
  }

  private static void pictures(Figure figure, Path folder) throws IOException {
    String svg = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + SvgFigure.of(figure) + "\n";
    ResultFiles.writeWhole(folder.resolve(figure.id() + ".svg"), bytes(svg));
    ResultFiles.writeWhole(folder.resolve(figure.id() + ".pdf"), PdfFigure.of(figure));
    ResultFiles.writeWhole(folder.resolve(figure.id() + ".png"), PngFigure.of(figure));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
