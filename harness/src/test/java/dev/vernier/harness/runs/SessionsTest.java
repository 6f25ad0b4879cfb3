package dev.vernier.harness.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.ResultFiles;
import dev.vernier.records.RunRecord;
import dev.vernier.records.RunRecord.Provenance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Provenance FIRST = session("abc", "2026-01-01T00:00:00Z");

  private static Provenance session(String commit, String started) {
    return new Provenance("0.1.0", commit, "CPU", Map.of("cores", "2"), "17", started, null);
  }

  private static RunRecord record(Sessions sessions) {
    return new RunRecord(
        ResultFiles.SCHEMA_VERSION,
        "fig1",
        null,
        null,
        Map.of(),
        Map.of(),
        List.of(),
        null,
        null,
        Map.of(),
        Map.of(),
        Map.of(),
        sessions.last(),
        sessions.earlier(),
        List.of(),
        List.of(),
        null,
        Map.of());
  }

  private static Sessions resumed(Sessions before, String commit, String started, boolean work) {
    return Sessions.resumed(record(before), session(commit, started), work);
  }

  @Test
  void sameSession_beganWhenItFirstDid() {
    Sessions again = resumed(Sessions.begun(FIRST), "abc", "2026-01-02T00:00:00Z", true);
    assertThat(again).isEqualTo(Sessions.begun(FIRST));
  }

  @Test
  void otherSession_leavesTheFirstAsItWas() {
    Sessions other = resumed(Sessions.begun(FIRST), "abd", "2026-01-02T00:00:00Z", true);
    assertThat(other.last()).isEqualTo(session("abd", "2026-01-02T00:00:00Z"));
    assertThat(other.earlier()).containsExactly(FIRST);
  }

  @Test
  void sessionLikeAnEarlierOne_isNamedOnce() {
    Sessions other = resumed(Sessions.begun(FIRST), "abd", "2026-01-02T00:00:00Z", true);
    Sessions back = resumed(other, "abc", "2026-01-03T00:00:00Z", true);
    assertThat(back.last()).isEqualTo(FIRST);
    assertThat(back.earlier()).containsExactly(session("abd", "2026-01-02T00:00:00Z"));
  }

  @Test
  void sessionWithoutWork_isNotNamed() {
    Sessions begun = Sessions.begun(FIRST.at(FIRST.started(), "2026-01-01T01:00:00Z"));
    assertThat(resumed(begun, "abd", "2026-01-02T00:00:00Z", false)).isEqualTo(begun);
  }
}
