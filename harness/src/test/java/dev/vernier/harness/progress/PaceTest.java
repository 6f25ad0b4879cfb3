package dev.vernier.harness.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void slowTasks_areCountedByTheMinute() {
    Pace pace = new Pace();
    pace.line("cells", 0, 20, "", 0);
    assertThat(pace.line("cells", 1, 20, "", 30 * SECOND))
        .isEqualTo("cells: 1 of 20, 2.0/min, 570 s left");
    assertThat(pace.line("cells", 15, 20, "", 60 * SECOND))
        .isEqualTo("cells: 15 of 20, 0.3/s, 20 s left");
  }
}
