package dev.vernier.reports.tables;

import dev.vernier.records.MetricKind;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.significance.Contrasts;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The columns of the table that a paper would print, with what the Frechet distance would be of
 * more images beside it; the others stand in further tables.
 *
 * @param keys names of columns in their order, without that of the method, which is always there
 */
public record ColumnChoice(List<String> keys) {
  private static final ColumnChoice TOKENIZERS =
      new ColumnChoice(
          List.of(
              MetricColumns.BITS,
              MetricColumns.SIZE,
              MetricColumns.PARAMETERS,
              MetricKind.RFID.key(),
              MetricKind.RFID_CORRECTED.key(),
              MetricKind.FID_INFINITY.key(),
              MetricKind.PSNR.key(),
              MetricKind.SSIM.key(),
              MetricKind.LPIPS.key(),
              MetricKind.USAGE.key()));

  private static final ColumnChoice GENERATORS =
      new ColumnChoice(
          List.of(
              MetricColumns.BITS,
              MetricColumns.SIZE,
              MetricColumns.GENERATOR,
              MetricColumns.TRUNK,
              MetricColumns.HEAD,
              MetricKind.GFID.key(),
              MetricKind.GFID_CORRECTED.key(),
              MetricKind.FID_INFINITY.key(),
              MetricKind.INCEPTION_SCORE.key(),
              MetricKind.PRECISION.key(),
              MetricKind.RECALL.key(),
              MetricKind.NLL_BITS_PER_POSITION.key()));

  /** Copies the list. */
  public ColumnChoice {
    keys = List.copyOf(keys);
  }

  /**
   * The choice that a user made.
   *
   * @param text names separated by commas; empty for the columns that papers print
   * @param measured metrics of the runs, those that the catalogue lacks included
   * @param generators whether the table is of generators
   * @throws UsageException if there is no such column
   */
  public static ColumnChoice of(String text, Collection<MeasuredBy> measured, boolean generators) {
    if (text.isBlank()) {
      return generators ? GENERATORS : TOKENIZERS;
    }
    Set<String> known = new LinkedHashSet<>(MetricColumns.otherNames());
    Arrays.stream(MetricKind.values()).map(MetricKind::key).forEach(known::add);
    measured.stream().map(MeasuredBy::key).forEach(known::add);
    Contrasts.COMPARED.stream().map(ContrastColumns::names).forEach(known::addAll);
    List<String> keys = Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
    if (keys.contains("")) {
      throw new UsageException(
          "columns cannot be '"
              + text
              + "': write the name of a column between commas, as in rfid,psnr");
    }
    for (String key : keys) {
      if (!known.contains(key)) {
        throw new UsageException(NearestName.unknown("column", key, known));
      }
    }
    return new ColumnChoice(keys);
  }

  /** The method and the chosen columns; what was not measured is left out. */
  List<Column> chosen(List<Column> all) {
    return Stream.concat(
            all.stream().limit(1),
            keys.stream().flatMap(key -> all.stream().filter(each -> each.key().equals(key))))
        .toList();
  }
}
