package dev.vernier.reports.comparison;

import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.computedBy;
import static dev.vernier.reports.SampleRuns.rebuilt;
import static dev.vernier.reports.SampleRuns.resumed;
import static dev.vernier.reports.SampleRuns.run;
import static dev.vernier.reports.SampleRuns.trainedWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsTest {
  private final Run one = run(Path.of("one"), cell("A", 1, 9, 64));
  private final Run other = run(Path.of("other"), cell("A", 2, 8, 64));

  @Test
  void runsOfTheSameCode_shareARow() {
    assertThat(Rows.of(List.of(one, other)))
        .singleElement()
        .satisfies(row -> assertThat(row.runs()).containsExactly(1, 2));
  }

  @Test
  void runsThatOtherCodeMayHaveMade_shareNoRow() {
    assertThat(Rows.of(List.of(one, resumed(other, "abc")))).hasSize(2);
    assertThat(Rows.of(List.of(one, rebuilt(other)))).hasSize(2);
    // The same two commits, but nobody knows which of them made which cell.
    assertThat(Rows.of(List.of(resumed(one, "abc"), resumed(other, "abc")))).hasSize(2);
  }

  @Test
  void runsOfOtherBuildsOfAPlugin_shareNoRow() {
    Run built = computedBy(one, Map.of("code", "0.1.0, 0a", "plugin mine.jar", "0b"));
    assertThat(
            Rows.of(
                List.of(
                    built,
                    computedBy(other, Map.of("code", "0.1.0, 0a", "plugin mine.jar", "0c")))))
        .hasSize(2);
    // Another compiler of the same commit.
    assertThat(
            Rows.of(
                List.of(
                    built,
                    computedBy(other, Map.of("code", "0.1.0, 0d", "plugin mine.jar", "0b")))))
        .hasSize(1);
  }

  @Test
  void runsTrainedWithOtherDistances_shareNoRow() {
    Run trained = trainedWith(one, "dataset ab");
    assertThat(Rows.of(List.of(trained, trainedWith(other, "dataset ab")))).hasSize(1);
    assertThat(Rows.of(List.of(trained, trainedWith(other, "dataset cd")))).hasSize(2);
  }

  @Test
  void runOfSeveralSessions_poolsItsOwnSeeds() {
    Run both = run(Path.of("both"), cell("A", 1, 9, 64), cell("A", 2, 8, 64));
    assertThat(Rows.of(List.of(resumed(both, "abc")))).hasSize(1);
    assertThat(Rows.of(List.of(resumed(one, "c0ffee1"), other))).hasSize(1);
  }

  @Test
  void rowsOfOneLabel_areListedWithTheirSizes_orTheirRuns() {
    Run larger = run(Path.of("larger"), cell("A", 1, 7, 512, 512), cell("B", 1, 7, 64));
    assertThat(Rows.listed(List.of(one, larger)))
        .extracting(Row::label)
        .containsExactly("A, 64 codes", "A, 1,024 codes", "B");
    assertThat(Rows.listed(List.of(one, larger, larger)))
        .extracting(Row::label)
        .containsExactly("A (run 1)", "A (run 2)", "A (run 3)", "B (run 2)", "B (run 3)");
  }
}
