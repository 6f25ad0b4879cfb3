package dev.vernier.reports.charts;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The typeface of all figures, Liberation Sans, which comes with PDFBox: the same measures on every
 * machine, those of Arial and Helvetica, under the SIL Open Font License, which lets files embed
 * it. What it has no glyphs for is drawn in the system's sans-serif.
 */
final class Typeface {
  /** Its family, as fonts and files name it. */
  static final String FAMILY = "Liberation Sans";

  /** Its family, and what a browser takes in its place: those of the same measures. */
  static final String STACK = FAMILY + ", Arial, Helvetica, sans-serif";

  static final float LABEL = 8;
  static final float TICK = 7;
  static final float NOTE = 6;

  private static final String RESOURCE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final Font PLAIN = read();
  private static final TrueTypeFont EMBEDDABLE = parsed();
  private static final CmapLookup GLYPHS = glyphs();
  private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

  private Typeface() {}

  /** The font as files embed it. */
  static TrueTypeFont embeddable() {
    return EMBEDDABLE;
  }

  private static TrueTypeFont parsed() {
    try (InputStream in = open()) {
      return new TTFParser().parse(new RandomAccessReadBuffer(in.readAllBytes()));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static CmapLookup glyphs() {
    try {
      return EMBEDDABLE.getUnicodeCmapLookup();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("the font of figures cannot be read", e);
  }

  private static InputStream open() {
    return Typeface.class.getResourceAsStream(RESOURCE);
  }

  private static Font read() {
    try (InputStream in = open()) {
      return Font.createFont(Font.TRUETYPE_FONT, in);
    } catch (IOException e) {
      throw unreadable(e);
    } catch (FontFormatException e) {
      throw new IllegalStateException("the font of figures is damaged", e);
    }
  }

  /** The font of the given size, in points. */
  static Font plain(float size) {
    return PLAIN.deriveFont(size);
  }

  /** A font of the given size that has glyphs for a text. */
  static Font of(String text, float size) {
    return hasGlyphs(text)
        ? plain(size)
        : new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont(size);
  }

  /** Whether files can embed a text: a Font calls line breaks and the like displayable, too. */
  private static boolean hasGlyphs(String text) {
    return text.codePoints().allMatch(each -> GLYPHS.getGlyphId(each) > 0);
  }

  /** The width of a text in points. */
  static double width(String text, float size) {
    return of(text, size).getStringBounds(text, MEASURE).getWidth();
  }
}
