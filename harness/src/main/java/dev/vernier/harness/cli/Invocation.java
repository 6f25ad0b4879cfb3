package dev.vernier.harness.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** Of this process. */
  static Invocation of(String... arguments) {
    // The script says what it was called.
    String program = System.getProperty("vernier.program", "vernier");
    return new Invocation(System.getenv(), program, List.of(arguments));
  }

  /** As a shell takes it again, with the variables that Vernier or its script reads before it. */
  String line() {
    Stream<String> variables =
        new TreeMap<>(environment)
            .entrySet().stream()
                .filter(each -> each.getKey().startsWith(VARIABLE))
                .map(each -> each.getKey() + "=" + quoted(each.getValue()));
    Stream<String> words =
        Stream.concat(Stream.of(program), arguments.stream()).map(Invocation::quoted);
    return Stream.concat(variables, words).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
