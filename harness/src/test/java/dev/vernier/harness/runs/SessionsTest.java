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
  private static final String BEGIN = "vernier run fig1";
  private static final String RESUME = "vernier run fig1 --resume";

  private static Provenance session(String commit, String started) {
    return session(commit, "0a", started);
  }

  private static Provenance session(String commit, String plugin, String started) {
    Map<String, String> code = Map.of("plugin mine.jar", plugin);
    return new Provenance("0.1.0", commit, code, "CPU", Map.of("cores", "2"), "17", started, null);
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
        sessions.commands(),
        List.of(),
        List.of(),
        null,
        Map.of());
  }

  private static Sessions resumed(Sessions before, String commit, String started, boolean work) {
    return Sessions.begun(session(commit, started), RESUME).resuming(record(before), work);
  }

  @Test
  void sameSession_beganWhenItFirstDid() {
    Sessions again = resumed(Sessions.begun(FIRST, BEGIN), "abc", "2026-01-02T00:00:00Z", true);
    assertThat(again.last()).isEqualTo(FIRST);
    assertThat(again.earlier()).isEmpty();
  }

  @Test
  void otherSession_leavesTheFirstAsItWas() {
    Sessions other = resumed(Sessions.begun(FIRST, BEGIN), "abd", "2026-01-02T00:00:00Z", true);
    assertThat(other.last()).isEqualTo(session("abd", "2026-01-02T00:00:00Z"));
    assertThat(other.earlier()).containsExactly(FIRST);
  }

  @Test
  void sessionOfAnotherBuild_isAnotherAtTheSameCommit() {
    Provenance rebuilt = session("abc", "0b", "2026-01-02T00:00:00Z");
    Sessions other =
        Sessions.begun(rebuilt, RESUME).resuming(record(Sessions.begun(FIRST, BEGIN)), true);
    assertThat(other.last()).isEqualTo(rebuilt);
    assertThat(other.earlier()).containsExactly(FIRST);
  }

  @Test
  void sessionLikeAnEarlierOne_isNamedOnce() {
    Sessions other = resumed(Sessions.begun(FIRST, BEGIN), "abd", "2026-01-02T00:00:00Z", true);
    Sessions back = resumed(other, "abc", "2026-01-03T00:00:00Z", true);
    assertThat(back.last()).isEqualTo(FIRST);
    assertThat(back.earlier()).containsExactly(session("abd", "2026-01-02T00:00:00Z"));
  }

  @Test
  void sessionWithoutWork_isNotNamed() {
    Sessions begun = Sessions.begun(FIRST.at(FIRST.started(), "2026-01-01T01:00:00Z"), BEGIN);
    assertThat(resumed(begun, "abd", "2026-01-02T00:00:00Z", false)).isEqualTo(begun);
  }

  @Test
  void commands_areNamedOnceEach() {
    Sessions once = resumed(Sessions.begun(FIRST, BEGIN), "abc", "2026-01-02T00:00:00Z", true);
    assertThat(resumed(once, "abd", "2026-01-03T00:00:00Z", true).commands())
        .containsExactly(BEGIN, RESUME);
  }
}
