package dev.vernier.harness.cli;

import dev.vernier.records.Cell;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Run;
import dev.vernier.reports.comparison.CellFolders;
import dev.vernier.reports.comparison.MeasuredBy;
import dev.vernier.reports.comparison.ProtocolDifference;
import dev.vernier.reports.comparison.Row;
import dev.vernier.reports.comparison.Rows;
import dev.vernier.reports.significance.PairedTests;
import dev.vernier.reports.significance.Pairwise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs compared, metric by metric: rows of one protocol are ranked and their differences tested;
 * those of different protocols are not.
 *
 * @param runs their folders, in the order in which labels count them
 * @param metrics those of one key together
 */
record Comparison(List<Path> runs, List<OfMetric> metrics) {
  private static final List<MetricKind> SHOWN =
      List.of(MetricKind.RFID, MetricKind.PSNR, MetricKind.SSIM, MetricKind.LPIPS, MetricKind.GFID);

  /** Copies the lists. */
  Comparison {
    runs = List.copyOf(runs);
    metrics = List.copyOf(metrics);
  }

  /**
   * What a metric says, all of its protocols.
   *
   * @param protocols one each, at least one
   * @param apart in what each protocol but the first differs from the first, in their order
   */
  record OfMetric(List<Pairwise> protocols, List<List<ProtocolDifference>> apart) {
    /** Copies the lists. */
    OfMetric {
      protocols = List.copyOf(protocols);
      apart = List.copyOf(apart);
    }
  }

  static Comparison of(List<Run> runs) throws IOException {
    List<Row> rows = Rows.listed(runs);
    List<Cell> cells = rows.stream().flatMap(row -> row.cells().stream()).toList();
    List<MeasuredBy> all = MeasuredBy.in(cells);
    PairedTests tests = new PairedTests(new CellFolders(runs));
    List<OfMetric> metrics = new ArrayList<>();
    for (MetricKind kind : SHOWN) {
      List<Pairwise> protocols = new ArrayList<>();
      for (MeasuredBy each : all) {
        if (each.key().equals(kind.key())) {
          protocols.add(Pairwise.of(rows, each, tests));
        }
      }
      if (!protocols.isEmpty()) {
        Map<String, String> first = parts(runs, protocols.get(0));
        metrics.add(
            new OfMetric(
                protocols,
                protocols.stream()
                    .skip(1)
                    .map(each -> ProtocolDifference.between(parts(runs, each), first))
                    .toList()));
      }
    }
    return new Comparison(runs.stream().map(Run::folder).toList(), metrics);
  }

  private static Map<String, String> parts(List<Run> runs, Pairwise found) {
    return runs.stream()
        .map(run -> run.record().protocols().get(found.metric().protocol()))
        .filter(each -> each != null)
        .findFirst()
        .orElse(Map.of());
  }
}
