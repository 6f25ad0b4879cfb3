package dev.vernier.tests.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignLogTest {
  private static final Trial.Result SURVIVED = new Trial.Result("killed", "");

  @TempDir Path folder;
  private CampaignLog log;

  @BeforeEach
  void makeLog() {
    log = new CampaignLog(folder.resolve("target/crashes.log"));
  }

  private void note(int trials) throws IOException {
    for (int i = 0; i < trials; i++) {
      log.note(i, SURVIVED);
    }
  }

  @Test
  void campaignThatWasCutOff_goesOn() throws IOException {
    assertThat(log.begin(3)).isZero();
    note(2);
    assertThat(log.begin(3)).isEqualTo(2);
    assertThat(log.lines()).containsExactly("0\tsurvived\tkilled\t", "1\tsurvived\tkilled\t");
  }

  @Test
  void campaignThatIsFinished_beginsAnew_andItsLogIsKept() throws IOException {
    for (int campaign = 1; campaign <= 2; campaign++) {
      note(3);
      assertThat(log.begin(3)).isZero();
      assertThat(log.file()).doesNotExist();
      assertThat(new CampaignLog(folder.resolve("target/crashes.log." + campaign)).lines())
          .hasSize(3);
    }
  }

  @Test
  void whatATrialTold_staysInItsLine() throws IOException {
    log.note(0, new Trial.Result("killed", "ended with 1:\nat line 2"));
    assertThat(log.lines()).containsExactly("0\tfailed\tkilled\tended with 1: | at line 2");
  }
}
