package dev.vernier.harness.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InterruptionTest {
  @Test
  void whatIsLeft_namesACheckpointOnlyWhereThereIsOne() {
    Interruption interruption = new Interruption();
    assertThat(interruption.left()).doesNotContain("checkpoint").contains("--resume");
    interruption.checkpoint(false);
    assertThat(interruption.left()).contains("no checkpoint", "--resume starts it over");
    interruption.checkpoint(true);
    assertThat(interruption.left()).contains("the last checkpoint is kept", "--resume continues");
  }
}
