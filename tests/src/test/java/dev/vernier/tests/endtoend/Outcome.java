package dev.vernier.tests.endtoend;

import dev.vernier.harness.cli.Vernier;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a command left.
 *
 * @param code its exit code
 * @param out standard output
 * @param err standard error
 */
public record Outcome(int code, String out, String err) {
  /** That of a command that runs in this JVM. */
  public static Outcome of(String... arguments) {
    PrintStream standardOut = System.out;
    PrintStream standardError = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int code = Vernier.execute(arguments);
      return new Outcome(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(standardOut);
      System.setErr(standardError);
    }
  }

  /** Standard error without the lines of progress. */
  public List<String> complaints() {
    return err.lines().filter(line -> line.startsWith("vernier:")).toList();
  }
}
