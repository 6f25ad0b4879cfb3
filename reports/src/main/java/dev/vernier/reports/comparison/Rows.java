package dev.vernier.reports.comparison;

import dev.vernier.records.Cell;
import dev.vernier.records.Given;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import dev.vernier.records.RunRecord.Provenance;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.TokenizerSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Groups the finished cells of one or several runs into rows. Cells of different runs share a row
 * only if their dataset, features, teachers, perceptual distance and code are the same and no seed
 * occurs twice: runs that repeat each other are compared, never pooled. A run that went on with
 * other code shares no row with another run, since nobody knows which of its cells either made.
 */
public final class Rows {
  private Rows() {}

  /** The rows, in the order their first cells occur. */
  public static List<Row> of(List<Run> runs) {
    Map<Identity, List<Member>> groups = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      for (Cell cell : run.cells()) {
        if (cell.status() == Cell.Status.FINISHED) {
          groups
              .computeIfAbsent(Identity.of(i + 1, run, cell), key -> new ArrayList<>())
              .add(new Member(i + 1, cell));
        }
      }
    }
    return Labels.distinct(groups.values().stream().flatMap(each -> rows(each).stream()).toList());
  }

  /**
   * The same under labels that differ: what tells rows apart as a column or an axis, their size,
   * stands in the labels that would be the same without it.
   */
  public static List<Row> listed(List<Run> runs) {
    return Labels.withSizes(of(runs));
  }

  /** Of each label of a tokenizer the row of most codes. */
  public static List<Row> largest(List<Row> rows) {
    Map<String, Row> byLabel = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> row.spec().isPresent() && !row.generates())
        .forEach(row -> byLabel.merge(row.label(), row, (a, b) -> b.size() > a.size() ? b : a));
    return List.copyOf(byLabel.values());
  }

  private static List<Row> rows(List<Member> members) {
    long seeds = members.stream().map(each -> each.cell.seed()).distinct().count();
    if (seeds == members.size()) {
      return List.of(row(members));
    }
    Collection<List<Member>> byRun =
        members.stream()
            .collect(Collectors.groupingBy(Member::run, LinkedHashMap::new, Collectors.toList()))
            .values();
    return byRun.stream().map(Rows::row).toList();
  }

  private static Row row(List<Member> members) {
    return new Row(
        methodOf(members.get(0).cell),
        members.stream().map(Member::run).distinct().toList(),
        members.stream().map(Member::cell).toList());
  }

  static String methodOf(Cell cell) {
    return cell.method() == null ? String.valueOf(cell.tokenizer()) : cell.method();
  }

  private record Member(int run, Cell cell) {}

  /** All that the cells of a row have in common. */
  private record Identity(
      String method,
      String tokenizer,
      Map<String, String> settings,
      Map<String, String> training,
      Optional<String> given,
      TokenizerSpec spec,
      Map<String, String> generation,
      String dataset,
      FeatureSpec features,
      Map<String, FeatureSpec> teachers,
      String perceptualDistance,
      String code) {
    static Identity of(int number, Run run, Cell cell) {
      return new Identity(
          methodOf(cell),
          cell.tokenizer(),
          cell.settings(),
          cell.training(),
          Optional.ofNullable(cell.given()).map(Given::hash),
          cell.spec(),
          Generations.deciding(cell),
          run.record().dataset() == null ? "" : run.record().dataset().hash(),
          run.record().features(),
          run.record().teachers(),
          run.record().shared().get(RunRecord.PERCEPTUAL_DISTANCE),
          code(number, run));
    }

    /** What computed a run; of code that nobody knows, every run counts as computed by its own. */
    private static String code(int number, Run run) {
      Provenance last = run.record().provenance();
      boolean same =
          run.record().provenances().stream()
              .allMatch(
                  each ->
                      each.version().equals(last.version())
                          && each.commit().equals(last.commit())
                          && each.code().equals(last.code()));
      if (!same || !last.tellsCode()) {
        return "run " + number;
      }
      // Vernier's own classes are the commit's, whoever compiled them; plugins have none.
      SortedMap<String, String> plugins = new TreeMap<>(last.code());
      plugins.remove("code");
      return last.version() + " " + last.commit() + " " + plugins;
    }
  }
}
