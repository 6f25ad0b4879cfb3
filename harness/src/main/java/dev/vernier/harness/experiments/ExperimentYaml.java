package dev.vernier.harness.experiments;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.vernier.records.DamagedJson;
import dev.vernier.records.Finding;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads the YAML of an experiment, and says in plain words what is wrong with it. */
final class ExperimentYaml {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** The keys at the top. */
  static final Set<String> KEYS =
      Set.of("name", "title", "options", "scales", "methods", "floor", "findings", "tuning");

  private ExperimentYaml() {}

  /**
   * The experiment.
   *
   * @param source what messages call the text
   * @throws UsageException if the text is no experiment
   */
  static Experiment read(String source, String text) throws IOException {
    YamlLines lines = new YamlLines(source);
    ObjectNode tree = tree(source, text, lines);
    Experiment experiment;
    try {
      experiment = YAML.treeToValue(tree, Experiment.class).at(lines);
    } catch (JsonMappingException e) {
      UsageException wrong = lines.wrong(path(e), misfit(e));
      wrong.initCause(e);
      throw wrong;
    }
    new ExperimentCheck(lines).check(experiment);
    return experiment;
  }

  private static ObjectNode tree(String source, String text, YamlLines lines) {
    try {
      return YamlTree.read(source, text, lines, KEYS);
    } catch (YAMLException e) {
      throw new UsageException(source + " is not an experiment: " + notYaml(e, text), e);
    }
  }

  private static String notYaml(YAMLException e, String text) {
    if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      int line = marked.getProblemMark().getLine() + 1;
      return "line " + line + " is not YAML, " + oneLine(marked.getProblem());
    }
    if (e instanceof ReaderException sign) {
      long line = 1 + text.codePoints().limit(sign.getPosition()).filter(c -> c == '\n').count();
      return "line " + line + " is not YAML, " + oneLine(sign.getMessage());
    }
    return "it is not YAML, " + oneLine(e.getMessage());
  }

  private static String oneLine(String text) {
    return text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
  }

  private static List<Object> path(JsonMappingException e) {
    return e.getPath().stream()
        .map(each -> each.getFieldName() == null ? (Object) each.getIndex() : each.getFieldName())
        .toList();
  }

  private static String misfit(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return DamagedJson.unknown("key", unknown);
    }
    if (e instanceof InvalidFormatException word && word.getTargetType() == Finding.Place.class) {
      return NearestName.unknown("place", String.valueOf(word.getValue()), places());
    }
    if (e instanceof MismatchedInputException shape && shape.getTargetType() != null) {
      return YamlLines.words(path(e)) + " " + shape(shape.getTargetType());
    }
    return oneLine(e.getOriginalMessage());
  }

  private static List<String> places() {
    return Arrays.stream(Finding.Place.values())
        .map(each -> YAML.convertValue(each, String.class))
        .toList();
  }

  private static String shape(Class<?> type) {
    if (Collection.class.isAssignableFrom(type)) {
      return "takes a list: begin every item with '- '";
    }
    return type == String.class || type.isEnum()
        ? "takes one value: neither a list nor keys"
        : "takes keys with values, such as 'key: value'";
  }
}
