package dev.vernier.harness.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How Vernier was started, for the record of a run.
 *
 * @param environment all variables
 * @param program the script that started it
 * @param arguments those of the command line
 */
record Invocation(Map<String, String> environment, String program, List<String> arguments) {
  private static final String VARIABLE = "VERNIER_";

  /** What Spark's own pages hide, too: a record is shown to others. */
  private static final Pattern SECRET =
      Pattern.compile(
          "((?:--conf=)?spark\\.[^=]*(?:secret|password|token|access[.]?key)[^=]*=).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Of this process. */
  static Invocation of(String... arguments) {
    // The script says what it was called.
    String program = System.getProperty("vernier.program", "vernier");
    return new Invocation(System.getenv(), program, List.of(arguments));
  }

  /**
   * As a shell takes it again, with the variables that Vernier or its script reads before it; but
   * for secrets of Spark, in whose place are three dots.
   */
  String line() {
    Stream<String> variables =
        new TreeMap<>(environment)
            .entrySet().stream()
                .filter(each -> each.getKey().startsWith(VARIABLE))
                .map(each -> each.getKey() + "=" + quoted(each.getValue()));
    Stream<String> words =
        Stream.concat(Stream.of(program), arguments.stream().map(Invocation::withoutSecret))
            .map(Invocation::quoted);
    return Stream.concat(variables, words).collect(Collectors.joining(" "));
  }

  private static String withoutSecret(String argument) {
    Matcher secret = SECRET.matcher(argument);
    return secret.matches() ? secret.group(1) + "..." : argument;
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
