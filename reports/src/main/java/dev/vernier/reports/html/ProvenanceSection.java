package dev.vernier.reports.html;

import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import dev.vernier.reports.text.XmlText;
import dev.vernier.spi.FeatureSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the numbers of runs come from, in full. */
final class ProvenanceSection {
  private ProvenanceSection() {}

  /** The parts of all runs, then every protocol once. */
  static String of(List<Run> runs) {
    StringBuilder html = new StringBuilder();
    Map<String, Map<String, String>> protocols = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      String prefix = runs.size() > 1 ? "Run " + (i + 1) + ": " : "";
      html.append(runs.size() > 1 ? "<h3>Run " + (i + 1) + "</h3>\n" : "");
      html.append(run(runs.get(i).record(), prefix));
      protocols.putAll(runs.get(i).record().protocols());
    }
    html.append(protocols.isEmpty() ? "" : "<h3>Protocols</h3>\n");
    protocols.forEach(
        (fingerprint, parts) ->
            html.append(
                "<div id=\"protocol-%s\">\n%s</div>\n"
                    .formatted(
                        XmlText.escape(fingerprint),
                        Page.pairs("Protocol " + fingerprint, parts))));
    return html.toString();
  }

  private static String run(RunRecord record, String prefix) {
    StringBuilder html = new StringBuilder();
    html.append(Page.pairs(prefix + "Run", run(record)));
    if (record.dataset() != null) {
      html.append(Page.pairs(prefix + "Dataset", dataset(record.dataset())));
    }
    if (record.features() != null) {
      html.append(Page.pairs(prefix + "Feature extractor", features(record.features())));
    }
    record
        .teachers()
        .forEach(
            (name, teacher) -> html.append(Page.pairs(prefix + teacher(name), model(teacher))));
    html.append(Page.pairs(prefix + "Shared by all cells, or not", record.shared()));
    html.append(sessions(record, prefix));
    html.append(Page.pairs(prefix + "Options", options(record)));
    return html.toString();
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
    pairs.put(
        "skipped", dataset.skipped().isEmpty() ? "none" : String.join("; ", dataset.skipped()));
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

  private static String sessions(RunRecord record, String prefix) {
    String caption = prefix + "Code, machine, time";
    StringBuilder html = new StringBuilder();
    record
        .earlier()
        .forEach(
            each ->
                html.append(
                    Page.pairs(
                        caption + " of an earlier session", provenance(each, "interrupted"))));
    String last = caption + (record.earlier().isEmpty() ? "" : " of the last session");
    return html.append(Page.pairs(last, provenance(record.provenance(), "not yet"))).toString();
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
    put(pairs, "backend", provenance.backend());
    pairs.putAll(provenance.machine());
    put(pairs, "JVM", provenance.jvm());
    return pairs;
  }

  /** What the sessions of a run differ in, by the names that this section has for it. */
  static List<String> differences(RunRecord record) {
    List<Map<String, String>> origins =
        record.provenances().stream().map(ProvenanceSection::origin).toList();
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
