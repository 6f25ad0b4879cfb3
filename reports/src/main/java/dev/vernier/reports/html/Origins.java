package dev.vernier.reports.html;

import dev.vernier.records.Cell;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.html.Origin.Pairs;
import dev.vernier.spi.FeatureSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Collects where the numbers of runs come from, in full. */
final class Origins {
  /** More files than this are counted. */
  private static final int MOST_FILES = 20;

  private final Report report;
  private final List<Run> runs;
  private final List<Row> rows;

  private Origins(Report report) {
    this.report = report;
    this.runs = report.runs();
    this.rows = report.rows();
  }

  static Origin of(Report report) {
    Origins of = new Origins(report);
    List<Run> runs = report.runs();
    List<Pairs> settings = new ArrayList<>();
    List<Pairs> environment = new ArrayList<>();
    Map<String, Map<String, String>> protocols = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      String prefix = runs.size() > 1 ? "Run " + (i + 1) + ": " : "";
      RunRecord record = runs.get(i).record();
      settings.addAll(settings(record, prefix));
      environment.addAll(sessions(record, prefix));
      protocols.putAll(record.protocols());
    }
    return new Origin(
        runs.stream().flatMap(run -> run.record().commands().stream()).toList(),
        of.skipped(),
        CellNotes.of(report.rows()),
        settings,
        environment,
        protocols.entrySet().stream()
            .map(each -> new Pairs("protocol-" + each.getKey(), named(each), each.getValue()))
            .toList());
  }

  private static String named(Map.Entry<String, Map<String, String>> protocol) {
    String metric = protocol.getValue().get("metric");
    return protocol.getKey() + (metric == null ? "" : ": " + metric);
  }

  private List<String> skipped() {
    List<String> skipped = new ArrayList<>();
    if (report.figures().isEmpty()) {
      skipped.add(
          rows.isEmpty()
              ? "Figures: No cell has numbers to draw."
              : "Figures: they need methods measured at several sizes.");
    }
    for (Run run : runs) {
      failed(run, skipped);
      int open = run.record().cells().size() - run.cells().size();
      if (open > 0) {
        skipped.add(open + (open == 1 ? " cell is" : " cells are") + " not measured yet.");
      }
      if (run.record().dataset() != null) {
        files(run.record().dataset(), skipped);
      }
    }
    for (Row row : rows) {
      row.cells().stream()
          .flatMap(cell -> cell.missing().keySet().stream())
          .distinct()
          .forEach(key -> row.missing(key).ifPresent(why -> skipped.add(label(key) + ": " + why)));
    }
    return skipped;
  }

  private static void failed(Run run, List<String> skipped) {
    for (Cell cell : run.cells()) {
      if (cell.status() == Cell.Status.FAILED) {
        String error = cell.error() == null ? "no error was recorded" : cell.error();
        skipped.add(
            "%s, %s, cell %s failed: %s"
                .formatted(cell.method(), cell.seedWords(), cell.id(), error));
      }
    }
  }

  private static void files(RunRecord.Dataset dataset, List<String> skipped) {
    dataset.skipped().stream()
        .limit(MOST_FILES)
        .forEach(file -> skipped.add("Skipped file of the dataset: " + file));
    int more = dataset.skipped().size() - MOST_FILES;
    if (more > 0) {
      skipped.add("%s more files of the dataset, as run.json lists them.".formatted(more));
    }
  }

  private static String label(String key) {
    return MetricKind.of(key).map(MetricKind::label).orElse(key);
  }

  private static List<Pairs> settings(RunRecord record, String prefix) {
    List<Pairs> all = new ArrayList<>();
    all.add(pairs(prefix + "Run", run(record)));
    if (record.dataset() != null) {
      all.add(pairs(prefix + "Dataset", dataset(record.dataset())));
    }
    if (record.features() != null) {
      all.add(pairs(prefix + "Feature extractor", features(record.features())));
    }
    record
        .teachers()
        .forEach((name, teacher) -> all.add(pairs(prefix + teacher(name), model(teacher))));
    all.add(pairs(prefix + "Shared by all cells, or not", record.shared()));
    all.add(pairs(prefix + "Options", options(record)));
    return all.stream().filter(each -> !each.values().isEmpty()).toList();
  }

  private static Pairs pairs(String name, Map<String, String> values) {
    return new Pairs(null, name, values);
  }

  private static Map<String, String> run(RunRecord record) {
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put("experiment", record.experiment());
    put(pairs, "scale", record.scale());
    pairs.put(
        "seeds", record.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    pairs.put("cells", String.valueOf(record.cells().size()));
    return pairs;
  }

  private static Map<String, String> dataset(RunRecord.Dataset dataset) {
    Map<String, String> pairs = new LinkedHashMap<>();
    put(pairs, "name", dataset.name());
    put(pairs, "hash", dataset.hash());
    pairs.put("image size", dataset.imageSize() + " pixels");
    pairs.put("training images", String.valueOf(dataset.train()));
    pairs.put("validation images measured", String.valueOf(dataset.validation()));
    pairs.put("classes", String.valueOf(dataset.classes()));
    return pairs;
  }

  private static String teacher(String name) {
    return name.equals("*") ? "Teacher" : "Teacher of " + name;
  }

  private static Map<String, String> model(FeatureSpec model) {
    Map<String, String> pairs = new LinkedHashMap<>();
    put(pairs, "name", model.name());
    put(pairs, "hash of the weights", model.hash());
    pairs.put("dimension", String.valueOf(model.dimension()));
    return pairs;
  }

  private static Map<String, String> features(FeatureSpec features) {
    Map<String, String> pairs = model(features);
    pairs.put("comparable with published numbers", features.published() ? "yes" : "no");
    return pairs;
  }

  private static List<Pairs> sessions(RunRecord record, String prefix) {
    String name = prefix + "Code, machine, time";
    List<Pairs> sessions = new ArrayList<>();
    record
        .earlier()
        .forEach(
            each ->
                sessions.add(
                    pairs(name + " of an earlier session", provenance(each, "interrupted"))));
    String last = name + (record.earlier().isEmpty() ? "" : " of the last session");
    sessions.add(pairs(last, provenance(record.provenance(), "not yet")));
    return sessions;
  }

  private static Map<String, String> provenance(RunRecord.Provenance provenance, String noEnd) {
    Map<String, String> pairs = origin(provenance);
    put(pairs, "started", provenance.started());
    pairs.put("ended", provenance.ended() == null ? noEnd : provenance.ended());
    return pairs;
  }

  private static Map<String, String> origin(RunRecord.Provenance provenance) {
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put("Vernier", provenance.version());
    pairs.put("commit", provenance.commit());
    pairs.putAll(provenance.code());
    put(pairs, "backend", provenance.backend());
    pairs.putAll(provenance.machine());
    put(pairs, "JVM", provenance.jvm());
    return pairs;
  }

  /** What the sessions of a run differ in, by the names that a page has for it. */
  static List<String> differences(RunRecord record) {
    List<Map<String, String>> origins = record.provenances().stream().map(Origins::origin).toList();
    return origins.stream()
        .flatMap(origin -> origin.keySet().stream())
        .distinct()
        .filter(
            name ->
                origins.stream().map(each -> each.getOrDefault(name, "")).distinct().count() > 1)
        .toList();
  }

  private static Map<String, String> options(RunRecord record) {
    Map<String, String> pairs = new LinkedHashMap<>();
    record
        .options()
        .forEach(
            (name, value) -> {
              String origin = record.origins().get(name);
              pairs.put(name, value + (origin == null ? "" : " (" + origin + ")"));
            });
    return pairs;
  }

  private static void put(Map<String, String> pairs, String name, String value) {
    if (value != null) {
      pairs.put(name, value);
    }
  }
}
