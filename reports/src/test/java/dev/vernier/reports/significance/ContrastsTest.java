package dev.vernier.reports.significance;

import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.metrics;
import static dev.vernier.reports.SampleRuns.run;
import static dev.vernier.reports.SampleRuns.sweep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.records.Run;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.Rows;
import dev.vernier.reports.significance.Contrasts.Contrast;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContrastsTest {
  private static final double NONE = Double.NaN;

  @TempDir Path folder;

  private static Contrasts contrasts(Run... runs) throws IOException {
    List<Run> all = List.of(runs);
    return Contrasts.of(Rows.of(all), "rfid", new PairedTests(new CellFolders(all)));
  }

  private static List<Double> differences(Contrasts contrasts) {
    return differences(contrasts.perRow());
  }

  private static List<Double> differences(List<Optional<Contrast>> contrasts) {
    return contrasts.stream()
        .map(each -> each.map(one -> one.difference().value()).orElse(NONE))
        .toList();
  }

  @Test
  void rows_areComparedWithTheFirstMethodOfTheirSize() throws IOException {
    Contrasts contrasts =
        contrasts(
            run(
                folder,
                cell("A", 1, 20, 256),
                cell("A", 1, 10, 512),
                cell("B", 1, 19, 128, 128),
                cell("C", 1, 17, 85, 85, 85),
                cell("C", 1, 5, 300),
                cell("B", 1, 12, 256, 256)));
    assertThat(contrasts.reference()).isEqualTo("A");
    assertThat(differences(contrasts))
        .containsExactly(Double.NaN, Double.NaN, -1.0, -3.0, Double.NaN, 2.0);
  }

  @Test
  void rowsOfAnotherSize_areComparedAtEqualBitsBeside() throws IOException {
    Contrasts contrasts =
        contrasts(
            run(
                folder,
                cell("A", 1, 20, 512),
                cell("A", 1, 10, 65_536),
                cell("B", 1, 19, 256, 256),
                cell("C", 1, 12, 65_536),
                cell("D", 1, 14, 64, 64, 16)));
    assertThat(differences(contrasts)).containsExactly(NONE, NONE, -1.0, 2.0, NONE);
    assertThat(differences(contrasts.atEqualBits())).containsExactly(NONE, NONE, 9.0, NONE, 4.0);
    assertThat(contrasts.caption()).contains("and at equal bits to A of another size");
  }

  @Test
  void otherProtocols_areNoReference() throws IOException {
    Contrasts contrasts =
        contrasts(
            run(
                folder,
                cell("A", 1, 20, 256),
                cell("B", 1, metrics(7, "9999999999"), Map.of(), 256)));
    assertThat(contrasts.isEmpty()).isTrue();
  }

  @Test
  void runs_areComparedWithTheirOwnReferenceFirst() throws IOException {
    Run one = run(folder, cell("A", 1, 20, 256), cell("B", 1, 19, 256));
    Run two = run(folder.resolve("two"), cell("A", 1, 30, 256), cell("B", 1, 19.5, 256));
    assertThat(differences(contrasts(one, two)))
        .containsExactlyInAnyOrder(Double.NaN, Double.NaN, -1.0, -10.5);
  }

  @Test
  void pValues_areCorrectedForAllRows() throws IOException {
    List<Contrast> all =
        contrasts(sweep(folder)).perRow().stream().flatMap(Optional::stream).toList();
    // All but the first method, at five sizes; the Triple is at 1.5 times the sizes of the rest.
    assertThat(all).hasSize(15);
    Contrast smallest =
        all.stream()
            .min(Comparator.comparing(each -> each.difference().p().orElseThrow()))
            .orElseThrow();
    assertThat(smallest.p().orElseThrow())
        .isCloseTo(Math.min(1, 15 * smallest.difference().p().orElseThrow()), within(1e-12));
  }
}
