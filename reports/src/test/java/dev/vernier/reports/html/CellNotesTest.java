package dev.vernier.reports.html;

import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.drawn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.reports.comparison.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellNotesTest {
  private static final Cell NOTED = cell("A", 1, 20, 256);
  private static final Cell SILENT = drawn("A", NOTED, 7);

  private static Row row(String label, Cell... cells) {
    return new Row(label, List.of(1), List.of(cells));
  }

  @Test
  void notesOfAllCells_nameNone() {
    assertThat(CellNotes.of(List.of(row("A", NOTED), row("B", NOTED))))
        .containsExactly("LPIPS was not measured");
  }

  @Test
  void notesOfAllSizesOfAMethod_nameItOnce() {
    assertThat(CellNotes.of(List.of(row("A", NOTED), row("A", NOTED), row("B", SILENT))))
        .containsExactly("LPIPS was not measured (A)");
  }

  @Test
  void notesOfSomeCells_nameThem() {
    assertThat(CellNotes.of(List.of(row("A", NOTED), row("A", SILENT), row("B", NOTED))))
        .containsExactly("LPIPS was not measured (A, 256 codes, seed 1; B)");
  }
}
