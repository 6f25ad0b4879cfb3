package dev.vernier.reports.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.reports.tables.Column.Entry;
import dev.vernier.reports.tables.Column.Format;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final ColumnWidths MEASURE = new ColumnWidths(true, 1);

  /** A method, and numbers of so many digits. */
  private static Table table(int... digits) {
    Stream<Column> numbers =
        Arrays.stream(digits)
            .mapToObj(
                count ->
                    Column.described(
                        "n", "", Format.NUMBER, List.of(Entry.text("1".repeat(count)))));
    Column method = Column.described("method", "Method", Format.TEXT, List.of(Entry.text("VQGAN")));
    return new Table("t", "", Stream.concat(Stream.of(method), numbers).toList(), 1);
  }

  private static List<Integer> columns(Table table, Table widest) {
    return table.fitting(MEASURE, MEASURE.of(widest.columns()) + 0.1).stream()
        .map(part -> part.columns().size() - 1)
        .toList();
  }

  @Test
  void tableThatIsTooWide_isDividedEvenly() {
    assertThat(columns(table(9, 9, 9, 9, 9, 9), table(9, 9, 9, 9, 9, 9))).containsExactly(6);
    assertThat(columns(table(9, 9, 9, 9, 9, 9), table(9, 9, 9, 9, 9))).containsExactly(3, 3);
    assertThat(columns(table(9, 9, 9, 9, 9, 9, 9), table(9, 9, 9))).containsExactly(3, 3, 1);
    assertThat(columns(table(18, 9, 9, 9, 9), table(9, 9, 9, 9, 9))).containsExactly(2, 3);
  }

  @Test
  void columnThatIsTooWide_standsAlone() {
    assertThat(columns(table(9, 40, 9, 9), table(9, 9))).containsExactly(1, 1, 2);
  }
}
