package dev.vernier.harness.experiments;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.vernier.records.Finding;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads the YAML of an experiment, and says in plain words what is wrong with it. */
final class ExperimentYaml {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ExperimentYaml() {}

  /**
   * The experiment.
   *
   * @param source what messages call the text
   * @throws UsageException if the text is no experiment
   */
  static Experiment read(String source, String text) throws IOException {
    YamlLines lines = lines(source, text);
    Experiment experiment;
    try {
      experiment = YAML.readValue(text, Experiment.class);
    } catch (JsonMappingException e) {
      UsageException wrong = lines.wrong(path(e), misfit(e));
      wrong.initCause(e);
      throw wrong;
    }
    new ExperimentCheck(lines).check(experiment);
    return experiment;
  }

  private static YamlLines lines(String source, String text) throws IOException {
    try (JsonParser parser = YAML.createParser(text)) {
      return YamlLines.of(source, parser);
    } catch (JsonProcessingException e) {
      throw new UsageException(source + " is no experiment: " + notYaml(e), e);
    }
  }

  /** The YAML library's words and line: Jackson's begin with the context, at a later line. */
  private static String notYaml(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return "line "
          + (marked.getProblemMark().getLine() + 1)
          + " is no YAML, "
          + oneLine(marked.getProblem());
    }
    return "it is no YAML, " + oneLine(e.getOriginalMessage());
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
      return NearestName.unknown(
          "key",
          unknown.getPropertyName(),
          unknown.getKnownPropertyIds().stream().map(String::valueOf).toList());
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
