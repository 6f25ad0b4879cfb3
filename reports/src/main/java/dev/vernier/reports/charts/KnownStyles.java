package dev.vernier.reports.charts;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The styles of the families that the field knows, by the names that plugins and papers give them:
 * {@code styles.csv} beside this class. Its colours are most of Okabe and Ito's ("Color Universal
 * Design", 2008), with one of Tol's, and one lighter than theirs so that the families of the FQGAN
 * paper differ as greys, too.
 */
final class KnownStyles {
  private static final String FILE = "styles.csv";
  private static final List<Color> FREE = List.of(new Color(0x56B4E9), new Color(0x222222));
  private static final Map<String, LineStyle> STYLES = read();

  private KnownStyles() {}

  /** The style of a name, upper and lower case alike. */
  static Optional<LineStyle> of(String name) {
    return Optional.ofNullable(STYLES.get(key(name)));
  }

  /** All colours, those first that no known family has. */
  static List<Color> colours() {
    return Stream.concat(FREE.stream(), STYLES.values().stream().map(LineStyle::colour))
        .distinct()
        .toList();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Map<String, LineStyle> read() {
    CsvSchema header = CsvSchema.emptySchema().withHeader();
    Map<String, LineStyle> styles = new LinkedHashMap<>();
    try (InputStream in = KnownStyles.class.getResourceAsStream(FILE);
        MappingIterator<Map<String, String>> rows =
            new CsvMapper().readerForMapOf(String.class).with(header).readValues(in)) {
      while (rows.hasNext()) {
        Map<String, String> row = rows.next();
        styles.put(
            key(row.get("name")),
            new LineStyle(
                new Color(Integer.parseInt(row.get("colour"), 16)),
                Marker.valueOf(row.get("marker")),
                Dash.valueOf(row.get("dash")),
                false));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the styles of lines cannot be read", e);
    }
    return styles;
  }
}
