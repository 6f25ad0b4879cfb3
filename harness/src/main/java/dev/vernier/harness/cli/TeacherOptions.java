package dev.vernier.harness.cli;

import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.spi.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What tokenizers learn from, for commands that train. */
final class TeacherOptions {
  /** A path with an equals sign in it is taken for one where it does not begin as a name does. */
  private static final Pattern NAMED = Pattern.compile("([a-z0-9]+(?:-[a-z0-9]+)*)=(.+)");

  @Option(
      names = "--teacher",
      paramLabel = "[NAME=]FILE",
      description =
          "ONNX file of a frozen vision model that teaches all tokenizers or, with NAME=, one"
              + " sub-codebook (visual, semantic, ...); repeatable; its normalization is --set"
              + " teacher.[NAME.]normalization=imagenet, clip or none (default: the dataset's own"
              + " small net)")
  private List<String> teachers = List.of();

  /** Everything given by key, this option and others. */
  Map<String, String> with(Map<String, String> others) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String each : teachers) {
      if (each.isBlank()) {
        throw new UsageException("--teacher is empty: name an ONNX file, or leave it out");
      }
      Matcher named = NAMED.matcher(each);
      String key = RunOptions.TEACHER.name() + (named.matches() ? "." + named.group(1) : "");
      String before = given.put(key, named.matches() ? named.group(2) : each);
      if (before != null) {
        throw new UsageException(
            "--teacher " + each + " comes after " + before + " for the same: leave one out");
      }
    }
    others.forEach((key, text) -> GivenSettings.put(given, key, text));
    return given;
  }
}
