package dev.vernier.harness.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
  private static final String BEGIN = "\r\033[K\033[?7l";
  private static final String END = "\033[?7h";
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private long now;
  private final TerminalProgress progress =
      new TerminalProgress(new PrintStream(written, true, StandardCharsets.UTF_8), () -> now);

  private String written() {
    return written.toString(StandardCharsets.UTF_8);
  }

  /** What was drawn over, one after the other. */
  private List<String> drawings() {
    return Pattern.compile(Pattern.quote(BEGIN) + "(.*?)" + Pattern.quote(END))
        .matcher(written())
        .results()
        .map(each -> each.group(1))
        .toList();
  }

  private void update(String task, long milliseconds, long done, String detail) {
    now = milliseconds * 1_000_000;
    progress.update(task, done, 1000, detail);
  }

  @Test
  void tasksThatAlternate_keepRateAndRemainingTime() {
    for (int i = 1; i <= 100; i++) {
      update("one", 100L * i, i, "loss 1");
      update("two", 100L * i + 50, 2L * i, "");
    }
    assertThat(drawings()).first().isEqualTo("one: 1 of 1000, loss 1");
    assertThat(drawings())
        .anyMatch(line -> line.matches("one: \\d+ of 1000, 10\\.0/s, \\d+ s left, loss 1"))
        .anyMatch(line -> line.matches("two: \\d+ of 1000, 20\\.0/s, \\d+ s left"));
  }

  @Test
  void tasksThatAlternate_takeTurnsThatCanBeRead() {
    for (int i = 1; i <= 500; i++) {
      update("one", 20L * i, i, "");
      update("two", 20L * i + 10, i, "");
    }
    List<String> tasks = drawings().stream().map(line -> line.substring(0, 3)).toList();
    assertThat(tasks).hasSizeBetween(40, 51);
    assertThat(tasks.subList(0, 15))
        .containsExactly(
            "one", "one", "one", "one", "one", "two", "two", "two", "two", "two", "one", "one",
            "one", "one", "one");
  }

  @Test
  void lastLinesAndMessages_stay() {
    update("one", 0, 1, "");
    update("two", 10, 1, "");
    progress.update("one", 1000, 1000, "loss 1");
    progress.update("a word", 0, 0, "on its own");
    update("two", 20, 2, "");
    progress.close();
    progress.close();
    String stays = System.lineSeparator();
    assertThat(written())
        .isEqualTo(
            BEGIN
                + "one: 1 of 1000"
                + END
                + "\r\033[Kone: 1000 of 1000, loss 1"
                + stays
                + "a word: on its own"
                + stays
                + BEGIN
                + "two: 2 of 1000, 100.0/s, 10 s left"
                + END
                + stays);
  }
}
