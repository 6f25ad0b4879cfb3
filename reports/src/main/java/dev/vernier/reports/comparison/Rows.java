package dev.vernier.reports.comparison;

import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.results.Cell;
import dev.vernier.spi.results.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Groups the finished cells of one or several runs into rows. Cells of different runs share a row
 * only if their dataset, features, teachers and code are the same and no seed occurs twice: runs
 * that repeat each other are compared, never pooled.
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
              .computeIfAbsent(Identity.of(run, cell), key -> new ArrayList<>())
              .add(new Member(i + 1, cell));
        }
      }
    }
    return Labels.distinct(groups.values().stream().flatMap(each -> rows(each).stream()).toList());
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
      TokenizerSpec spec,
      String dataset,
      FeatureSpec features,
      Map<String, FeatureSpec> teachers,
      String version,
      String commit) {
    static Identity of(Run run, Cell cell) {
      return new Identity(
          methodOf(cell),
          cell.tokenizer(),
          cell.settings(),
          cell.training(),
          cell.spec(),
          run.record().dataset() == null ? "" : run.record().dataset().hash(),
          run.record().features(),
          run.record().teachers(),
          run.record().provenance().version(),
          run.record().provenance().commit());
    }
  }
}
