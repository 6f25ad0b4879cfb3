package dev.vernier.reports.comparison;

import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private static double[] places(List<Series> lines, String name) {
    return lines.stream()
        .filter(line -> line.name().equals(name))
        .flatMap(line -> line.points().stream())
        .mapToDouble(Series.Point::at)
        .toArray();
  }

  @Test
  void publishedPoints_standAtTheirBits() throws IOException {
    List<Series> lines = Series.published(Published.figureOne(), Axis.BITS);
    assertThat(places(lines, "FQGAN-Dual")).containsExactly(new double[] {20, 28}, within(1e-9));
    assertThat(places(lines, "FQGAN-Triple")).containsExactly(new double[] {30, 42}, within(1e-9));
    assertThat(places(lines, "LFQ (Open-MAGVIT2)"))
        .containsExactly(new double[] {18}, within(1e-9));
    assertThat(places(lines, "VQ (LlamaGen)"))
        .containsExactly(new double[] {12, 13, 14, 15}, within(1e-9));
  }

  @Test
  void publishedPoints_standAtTheirSizesAndNoteTheirSubCodebooks() throws IOException {
    List<Series> lines = Series.published(Published.figureOne(), Axis.SIZE);
    assertThat(places(lines, "FQGAN-Dual")).containsExactly(2048, 32768);
    assertThat(places(lines, "FQGAN-Triple")).containsExactly(3072, 49152);
    assertThat(lines)
        .flatExtracting(Series::points)
        .extracting(Series.Point::note)
        .filteredOn(note -> !note.isEmpty())
        .containsExactly("1024 × 2", "16384 × 2", "1024 × 3", "16384 × 3");
  }

  @Test
  void factorizedCodes_takeTheBitsOfAllSubCodebooks() {
    List<Row> rows =
        Rows.of(List.of(run(Path.of("nowhere"), cell("A", 1, 9, 128, 16), cell("A", 1, 8, 64))));
    assertThat(places(Series.of(rows, Axis.BITS, row -> row.totalUsage()), "A"))
        .containsExactly(new double[] {6, 11}, within(1e-9));
    assertThat(places(Series.of(rows, Axis.SIZE, row -> row.totalUsage()), "A"))
        .containsExactly(64, 144);
  }
}
