package dev.vernier.harness.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.vernier.harness.machine.TemporaryFolder;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.harness.spark.task.Archive;
import dev.vernier.harness.spark.task.FileSet;
import dev.vernier.records.ResultFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Data and files that the user gives, sent to machines that do not see them: what a run's options
 * and its cells name is packed, and named there by its place in the folder that workers run in.
 * Results name what the user named.
 */
final class Shipment implements AutoCloseable {
  /** Of a run whose files every machine sees. */
  static final Shipment NOTHING = new Shipment(new LinkedHashMap<>(), null);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where each file or folder lies there, by the user's name of it. */
  private final Map<String, String> places;

  private final Path packed;

  private Shipment(Map<String, String> places, Path packed) {
    this.places = places;
    this.packed = packed;
  }

  /** What the run in a folder needs. */
  static Shipment of(Path run) throws IOException {
    Shipment shipment =
        new Shipment(
            new LinkedHashMap<>(),
            Files.createTempDirectory(TemporaryFolder.path(), "vernier-shipped-"));
    try {
      shipment.takeAll(run);
    } catch (IOException e) {
      // Before its files are gone, and the disk is no longer full.
      IOException told = TemporaryFolder.explained(shipment.packed, 0, e);
      shipment.close();
      throw told;
    } catch (RuntimeException e) {
      shipment.close();
      throw e;
    }
    return shipment;
  }

  private void takeAll(Path run) throws IOException {
    JsonNode record = JSON.readTree(ResultFiles.runFile(run).toFile());
    for (Map.Entry<String, JsonNode> option : record.path("options").properties()) {
      String value = option.getValue().asText();
      String location = location(option.getKey(), value);
      // A bare word or number is a value, even where a file happens to have its name.
      if (!location.equals(value) || value.contains("/") || value.contains(".")) {
        take(location);
      }
    }
    for (JsonNode id : record.path("cells")) {
      Path plan = new RunFolder(run).planFile(id.asText());
      JsonNode given = JSON.readTree(plan.toFile()).path("given");
      take(given.path("path").asText());
      take(given.path("beside").asText());
    }
  }

  /** The part of an option's value that may be a path: of the dataset what follows its kind. */
  private static String location(String option, String value) {
    int colon = value.indexOf(':');
    return option.equals("data") && colon >= 0 ? value.substring(colon + 1) : value;
  }

  private void take(String name) throws IOException {
    if (!places.containsKey(name) && isFile(name)) {
      int number = places.size();
      Path source = Path.of(name).toAbsolutePath().normalize();
      Archive.pack(source, packed.resolve(archive(number)));
      places.put(name, Archive.folder(number) + "/" + source.getFileName());
    }
  }

  private static boolean isFile(String name) {
    try {
      return !name.isEmpty()
          && Files.exists(Path.of(name))
          && Path.of(name).toAbsolutePath().normalize().getFileName() != null;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String archive(int number) {
    return "vernier-shipped-" + number + ".zip";
  }

  /** Has Spark bring the archives to every executor; their names. */
  List<String> send(JavaSparkContext context) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      context.addFile(packed.resolve(archive(i)).toString());
      names.add(archive(i));
    }
    return names;
  }

  /** The record of a run or the plan of a cell, with the names there. */
  byte[] rename(byte[] json) throws IOException {
    if (places.isEmpty()) {
      return json;
    }
    JsonNode tree = JSON.readTree(json);
    if (tree.get("options") instanceof ObjectNode options) {
      for (Map.Entry<String, JsonNode> each : options.properties()) {
        String value = each.getValue().asText();
        String location = location(each.getKey(), value);
        if (places.containsKey(location)) {
          String kind = value.substring(0, value.length() - location.length());
          each.setValue(TextNode.valueOf(kind + places.get(location)));
        }
      }
    }
    if (tree.get("given") instanceof ObjectNode given) {
      for (String name : List.of("path", "beside")) {
        if (given.hasNonNull(name)) {
          given.put(name, places.get(given.get(name).asText()));
        }
      }
    }
    return JSON.writeValueAsBytes(tree);
  }

  /** The files of a cell with the user's names in its result. */
  FileSet restore(FileSet files) throws IOException {
    byte[] result = files.files().get("result.json");
    if (places.isEmpty() || result == null) {
      return files;
    }
    String text = new String(result, StandardCharsets.UTF_8);
    for (Map.Entry<String, String> each : places.entrySet()) {
      text = text.replace(inside(each.getValue()), inside(each.getKey()));
    }
    return files.add("result.json", text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text as it is between the quotes of JSON. */
  private static String inside(String text) throws IOException {
    String quoted = JSON.writeValueAsString(text);
    return quoted.substring(1, quoted.length() - 1);
  }

  @Override
  public void close() throws IOException {
    if (packed != null) {
      try (Stream<Path> archives = Files.list(packed)) {
        for (Path each : archives.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(packed);
    }
  }
}
