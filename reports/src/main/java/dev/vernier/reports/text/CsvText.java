package dev.vernier.reports.text;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CSV as RFC 4180 has it, but with plain line feeds: quotes only where they are needed. A text that
 * a spreadsheet would take for a formula, since it begins with one of {@code = + - @}, a tab or a
 * carriage return, has an apostrophe before it: names come from others. Numbers and ranges of them,
 * such as {@code -1..1}, are no formulas.
 */
public final class CsvText {
  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();

  private static final String FORMULAS = "=+-@\t\r";

  private CsvText() {}

  /**
   * The text of a file.
   *
   * @param header names of the columns, distinct
   * @param rows values by column; what is absent stays empty
   */
  public static String of(List<String> header, List<Map<String, String>> rows) {
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
    header.forEach(column -> schema.addColumn(plain(column)));
    StringWriter text = new StringWriter();
    if (rows.isEmpty()) {
      return String.join(",", header) + "\n";
    }
    try (SequenceWriter writer = CSV.writer(schema.build()).writeValues(text)) {
      for (Map<String, String> row : rows) {
        Map<String, String> plain = new LinkedHashMap<>();
        row.forEach((column, value) -> plain.put(plain(column), plain(value)));
        writer.write(plain);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot fail to be written", e);
    }
    return text.toString();
  }

  private static String plain(String value) {
    return value == null || value.isEmpty() || FORMULAS.indexOf(value.charAt(0)) < 0
        ? value
        : isRange(value) ? value : "'" + value;
  }

  /** Whether it is a number, or two with dots between them. */
  private static boolean isRange(String value) {
    return Arrays.stream(value.split("\\.\\.", 2)).allMatch(CsvText::isNumber);
  }

  private static boolean isNumber(String value) {
    try {
      Double.parseDouble(value);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
