package dev.vernier.reports.html;

import dev.vernier.records.Cell;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command that a run was made with, as its record has it. */
final class Command {
  /** What the settings have options of their own for. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "data", "--data", "features", "--features", "seeds", "--seeds", "teacher", "--teacher");

  private Command() {}

  static String of(Run run) {
    RunRecord record = run.record();
    List<String> words = new ArrayList<>(List.of("./vernier"));
    words.addAll(subject(run));
    record.origins().entrySet().stream()
        .filter(each -> each.getValue().equals("command line"))
        .map(Map.Entry::getKey)
        .forEach(key -> words.addAll(option(key, record.options().get(key))));
    return words.stream().map(Command::quoted).collect(Collectors.joining(" "));
  }

  private static List<String> subject(Run run) {
    String experiment = run.record().experiment();
    Optional<Cell> first = run.cells().stream().findFirst();
    if (experiment.equals("train") && first.isPresent()) {
      return List.of("train", "--tokenizer", first.get().tokenizer());
    }
    if (experiment.equals("eval") && first.isPresent() && first.get().given() != null) {
      return List.of("eval", "--weights", first.get().given().path());
    }
    return run.record().scale() == null
        ? List.of("run", experiment)
        : List.of("run", experiment, "--scale", run.record().scale());
  }

  private static List<String> option(String key, String value) {
    String option = OPTIONS.get(key);
    return option == null ? List.of("--set", key + "=" + value) : List.of(option, value);
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
