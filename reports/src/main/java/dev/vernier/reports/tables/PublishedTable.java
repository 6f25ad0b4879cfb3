package dev.vernier.reports.tables;

import dev.vernier.records.Metric.Better;
import dev.vernier.records.MetricKind;
import dev.vernier.reports.comparison.Published;
import dev.vernier.reports.tables.Column.Entry;
import dev.vernier.reports.tables.Column.Format;
import dev.vernier.reports.tables.Column.Marks;
import dev.vernier.reports.tables.Column.Source;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the paper reports where an experiment follows it, as a table of its own: numbers of other
 * images and other features stand in no column with measured ones.
 */
public final class PublishedTable {
  private static final String CAPTION =
      "As the FQGAN paper (Bai et al. 2024) reports them: ImageNet 256 × 256, Inception features. Not"
          + " comparable with measured numbers unless those rest on the same.";

  private static final String USAGE =
      " Their usage is of the last 65,536 codes of training, of which 16,384 equally used ones show"
          + " 98%: it is comparable with no measured one.";

  /** What the files call the metric of generated images. */
  private static final String FID = "fid";

  private PublishedTable() {}

  /** The table; empty for an experiment that follows none. */
  public static Optional<Table> of(String experiment) throws IOException {
    Optional<List<Map<String, String>>> rows = Published.of(experiment);
    return rows.map(
        published ->
            new Table(
                experiment + "-published",
                CAPTION + (published.get(0).containsKey(MetricKind.USAGE.key()) ? USAGE : ""),
                published.get(0).keySet().stream().map(name -> column(name, published)).toList(),
                published.size()));
  }

  private static Column column(String name, List<Map<String, String>> rows) {
    List<String> values = rows.stream().map(row -> row.get(name)).toList();
    Optional<MetricKind> kind = MetricKind.of(name.equals(FID) ? MetricKind.GFID.key() : name);
    String heading =
        kind.map(each -> MetricColumns.heading(each.key(), each.label()))
            .orElseGet(() -> words(name));
    return new Column(
        name,
        heading,
        values.stream().allMatch(PublishedTable::isNumber) ? Format.NUMBER : Format.TEXT,
        Source.NONE,
        kind.map(MetricKind::better).orElse(Better.NEITHER),
        values.stream().map(value -> Entry.text(shown(name, value), raw(value))).toList(),
        Marks.NONE);
  }

  private static boolean isNumber(String value) {
    return value.matches("[0-9.]*[MB]?");
  }

  private static String shown(String name, String value) {
    if (name.equals(MetricKind.USAGE.key())) {
      return String.format(Locale.ROOT, "%.0f", 100 * Double.parseDouble(value));
    }
    return value.matches("[0-9]{4,}")
        ? String.format(Locale.ROOT, "%,d", Long.valueOf(value))
        : value;
  }

  /** What programs read and columns are sorted by: 1.4B are 1400000000. */
  private static String raw(String value) {
    if (!value.matches("[0-9.]+[MB]")) {
      return value;
    }
    return new BigDecimal(value.substring(0, value.length() - 1))
        .movePointRight(value.endsWith("B") ? 9 : 6)
        .toBigInteger()
        .toString();
  }

  private static String words(String name) {
    String words = name.replace("sub_", "sub-").replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
