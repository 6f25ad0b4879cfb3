package dev.vernier.harness.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class WorkerTest {
  private static Worker start(Class<?> program) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            program.getName());
    return Worker.start(Path.of("").toAbsolutePath(), command, Map.of());
  }

  @Test
  void log_isLoggedHereWithItsLinesTogether() throws IOException {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    String last;
    try (Worker worker = start(Logging.class)) {
      assertThat(worker.run("cell", Progress.NONE)).isFalse();
      last = worker.exitMessage();
    } finally {
      System.setErr(before);
    }
    assertThat(errors.toString(StandardCharsets.UTF_8))
        .startsWith(
            "a table\n  1.5 ms conv3x3\na failure\njava.lang.IllegalStateException: why\n\tat ");
    assertThat(last).isEqualTo("the worker ended with exit code 3: not of the log");
  }

  @Test
  void workerThatWasKilled_saysWhatMayHaveDoneIt() throws Exception {
    try (Worker worker = start(Killed.class)) {
      assertThat(worker.run("cell", Progress.NONE)).isFalse();
      assertThat(worker.exitMessage())
          .isEqualTo(
              "the worker ended with exit code 137; it was killed, as systems do where memory runs"
                  + " out: try fewer --workers");
    }
  }

  /** A worker that is gone without a word. */
  static final class Killed {
    private Killed() {}

    /** Ends. */
    public static void main(String[] arguments) {
      Runtime.getRuntime().halt(137);
    }
  }

  /** A worker that logs, and ends. */
  static final class Logging {
    private static final Logger LOG = LoggerFactory.getLogger(Logging.class);

    private Logging() {}

    /** Logs. */
    public static void main(String[] arguments) {
      LOG.info("a table\n  {} ms conv3x3", 1.5);
      LOG.error("a failure", new IllegalStateException("why"));
      System.err.println("not of the log");
      System.exit(3);
    }
  }
}
