package dev.vernier.reports.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedTableTest {
  private static List<String> headings(String experiment) throws IOException {
    return PublishedTable.of(experiment).orElseThrow().columns().stream()
        .map(Column::heading)
        .toList();
  }

  /** Reconstructions lie in class folders, generated images in the order in which classes fell. */
  @Test
  void inceptionScores_areThoseOfTheOrderInWhichTheyWereTaken() throws IOException {
    assertThat(headings("table3")).contains("IS (ADM, in order)").doesNotContain("IS");
    assertThat(headings("table2")).contains("IS").doesNotContain("IS (ADM, in order)");
  }
}
