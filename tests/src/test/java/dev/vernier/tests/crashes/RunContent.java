package dev.vernier.tests.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vernier.harness.cli.Vernier;
import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.records.ResultFiles;
import dev.vernier.reports.ResultsCsv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a finished run holds, but for how it was made: its times, commands and sessions.
 *
 * @param files what is in each file, by its path in the folder
 */
record RunContent(Map<String, String> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Who had the folder says nothing of what is in it. */
  private static final Set<String> LOCKS = Set.of(".lock", ".owner", ".workers");

  /**
   * Reads a run. Its tables and its report hold times, so they are made again from records without
   * any, and compared like that; of those that lie there, only that they do.
   *
   * @param scratch an empty folder, which is filled
   */
  static RunContent of(Path run, Path scratch) throws Exception {
    Map<String, String> files = new TreeMap<>();
    Path timeless = scratch.resolve("run");
    for (Path file : filesBelow(run)) {
      String name = run.relativize(file).toString();
      if (LOCKS.contains(file.getFileName().toString())) {
        continue;
      }
      byte[] content = Files.readAllBytes(file);
      boolean reported = name.startsWith("report/") || name.equals("results.csv");
      if (name.endsWith(".json")) {
        JsonNode tree = JSON.readTree(content);
        forgetTimes(tree);
        content = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
      }
      files.put(name, reported ? "there" : hash(content));
      if (!reported) {
        Path copy = timeless.resolve(name);
        Files.createDirectories(copy.getParent());
        Files.write(copy, content);
      }
    }
    files.put(
        "results.csv",
        hash(ResultsCsv.of(List.of(ResultFiles.read(timeless))).getBytes(StandardCharsets.UTF_8)));
    assertThat(Vernier.execute("report", timeless.toString())).isZero();
    for (Path file : filesBelow(timeless.resolve("report"))) {
      files.put("timeless " + timeless.relativize(file), hash(Files.readAllBytes(file)));
    }
    return new RunContent(files);
  }

  private static String hash(byte[] content) {
    return new ContentHash().add(content).hexadecimal();
  }

  private static void forgetTimes(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      if (object.has("seconds")) {
        object.put("seconds", 1.5);
      }
      // The backend says how many workers there were.
      for (String circumstance : new String[] {"started", "ended", "backend"}) {
        if (object.has(circumstance)) {
          object.put(circumstance, "2000-01-01T00:00:00Z");
        }
      }
      for (String session : new String[] {"earlier", "commands"}) {
        if (object.get(session) instanceof ArrayNode sessions) {
          sessions.removeAll();
        }
      }
    }
    tree.forEach(RunContent::forgetTimes);
  }

  static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** The files that differ, or that only one of the two has. */
  Map<String, String> differences(RunContent other) {
    Map<String, String> differences = new TreeMap<>();
    files.forEach(
        (name, content) -> {
          if (!content.equals(other.files.get(name))) {
            differences.put(name, other.files.containsKey(name) ? "differs" : "is missing");
          }
        });
    other.files.keySet().stream()
        .filter(name -> !files.containsKey(name))
        .forEach(name -> differences.put(name, "was not there"));
    return differences;
  }
}
