package dev.vernier.harness.gate;

import dev.vernier.reports.text.XmlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A result as JUnit XML, a test case a cell and metric. It is red where the exit code is: worse is
 * a failure, what could not be measured an error; what is not judged is skipped.
 */
public final class JUnitXml {
  private static final String HEADER = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites";

  private JUnitXml() {}

  /** Whether a file is one of these. */
  public static boolean isIn(Path file, String suite) throws IOException {
    byte[] begin = (HEADER + name(suite)).getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(begin.length), begin);
    }
  }

  /**
   * The text of the file.
   *
   * @param suite what the tests are of
   */
  public static String of(GateResult result, String suite) {
    List<Comparison> all = result.comparisons();
    long errors = all.stream().filter(each -> each.verdict().unmeasured()).count();
    String counts =
        " tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"0\""
            .formatted(
                all.size(),
                result.of(Verdict.FAIL).size(),
                errors,
                result.of(Verdict.REPORTED).size());
    String name = name(suite);
    return HEADER
        + name
        + counts
        + ">\n<testsuite"
        + name
        + counts
        + ">\n"
        + "<properties><property name=\"falseAlarmRate\" value=\""
        + result.rate()
        + "\"/></properties>\n"
        + all.stream().map(JUnitXml::testCase).collect(Collectors.joining())
        + "<system-out>"
        + text(result.power())
        + "</system-out>\n</testsuite>\n</testsuites>\n";
  }

  private static String name(String suite) {
    return " name=\"" + text(suite) + "\"";
  }

  private static String testCase(Comparison each) {
    return "<testcase classname=\""
        + text(each.cell())
        + "\" name=\""
        + text(each.metric())
        + "\" time=\"0\">"
        + verdict(each)
        + "<system-out>"
        + text(numbers(each))
        + "</system-out></testcase>\n";
  }

  private static String verdict(Comparison each) {
    String message = " message=\"" + text(each.verdict().words() + ": " + each.reason()) + "\"";
    String type = " type=\"" + each.verdict() + "\"/>";
    return switch (each.verdict()) {
      case PASS -> "";
      case FAIL -> "<failure" + message + type;
      case INCONCLUSIVE, NOT_COMPARABLE, MISSING -> "<error" + message + type;
      case REPORTED -> "<skipped message=\"" + text(each.reason()) + "\"/>";
    };
  }

  private static String numbers(Comparison each) {
    return "baseline %s, now %s, tolerance %s, noise %s, detects %s"
        .formatted(
            each.baseline().map(String::valueOf).orElse("none"),
            each.now().map(String::valueOf).orElse("none"),
            each.tolerance().map(String::valueOf).orElse("none"),
            each.noise().map(String::valueOf).orElse("unknown"),
            each.detects().map(String::valueOf).orElse("nothing"));
  }

  /** XML 1.0 has no way to write control characters. */
  private static String text(String text) {
    return XmlText.escape(text.replaceAll("\\p{Cntrl}|\\uFFFE|\\uFFFF", "?"));
  }
}
