package dev.vernier.tests.plugins;

import dev.vernier.harness.cli.Vernier;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command that ran in this JVM left.
 *
 * @param code its exit code
 * @param out standard output
 * @param err standard error
 */
record Outcome(int code, String out, String err) {
  static Outcome of(String... arguments) {
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
}
