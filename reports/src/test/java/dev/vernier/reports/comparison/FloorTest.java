package dev.vernier.reports.comparison;

import static dev.vernier.reports.SampleRuns.PROTOCOL;
import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.metrics;
import static dev.vernier.reports.SampleRuns.run;
import static dev.vernier.reports.SampleRuns.withFloor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.records.Metric.Better;
import dev.vernier.records.Run;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FloorTest {
  private static Floor floor(Run... runs) {
    return new Floor(List.of(runs), Rows.of(List.of(runs)));
  }

  private static Floor floor(Cell... cells) {
    return floor(withFloor(run(Path.of("nowhere"), cells), "LBG"));
  }

  private static List<String> below(Floor floor, String key) {
    return floor.rows().stream()
        .filter(row -> floor.below(row, key))
        .map(row -> row.label() + " " + row.size())
        .toList();
  }

  private static Cell measured(String method, double rfid, double psnr) {
    Map<String, Metric> metrics = new LinkedHashMap<>(metrics(rfid, PROTOCOL));
    metrics.put("psnr", metric("PSNR", psnr, Better.HIGHER));
    metrics.put("bits_per_pixel", metric("Bits per pixel", 0.1, Better.NEITHER));
    return cell(method, 1, metrics, Map.of(), 256);
  }

  private static Metric metric(String label, double value, Better better) {
    return new Metric(label, value, null, null, 1000, better, "ffff000001");
  }

  @Test
  void worseThanTheFloor_isByTheMetricsOwnDirection() {
    Floor floor = floor(measured("LBG", 50, 20), measured("A", 60, 21), measured("B", 40, 19));
    assertThat(below(floor, "rfid")).containsExactly("A 256");
    assertThat(below(floor, "psnr")).containsExactly("B 256");
    assertThat(below(floor, "ssim")).isEmpty();
  }

  @Test
  void rfidDecides_whereNeitherDirectionIsBetter() {
    Floor floor = floor(measured("LBG", 50, 20), measured("A", 60, 21), measured("B", 40, 19));
    assertThat(below(floor, "usage")).containsExactly("A 256");
    assertThat(below(floor, "bits_per_pixel")).containsExactly("A 256");
  }

  @Test
  void equalToTheFloor_isNotBelow() {
    assertThat(below(floor(cell("LBG", 1, 50, 256), cell("A", 1, 50, 256)), "rfid")).isEmpty();
  }

  @Test
  void nearestOfSeveralFloors_isMeasuredAgainst() {
    Floor floor = floor(cell("LBG", 1, 30, 1000), cell("LBG", 1, 50, 1004), cell("A", 1, 40, 1003));
    assertThat(below(floor, "rfid")).isEmpty();
  }

  @Test
  void floorOfTheSameTotalSize_isMeasuredAgainst_elseThatOfTheNextSmallerOne() {
    Floor floor =
        floor(
            cell("LBG", 1, 50, 256),
            cell("LBG", 1, 30, 1024),
            cell("A", 1, 40, 256),
            cell("A", 1, 40, 512, 512),
            cell("A", 1, 45, 4096),
            cell("A", 1, 25, 8192),
            cell("A", 1, 99, 64),
            cell("B", 1, 60, 85, 85, 85));
    assertThat(below(floor, "rfid")).containsExactly("A 1024", "A 4096", "B 255");
  }

  /** Sub-tokens of few codes each are of a smaller size than every floor. */
  @Test
  void floorOfTheNextLowerRate_isMeasuredAgainst_whereAllAreLarger() {
    Floor floor =
        floor(
            cell("LBG", 1, 50, 256),
            cell("LBG", 1, 30, 1024),
            cell("LFQ", 1, 40, 32, 32),
            cell("LFQ", 1, 60, 20, 20));
    assertThat(below(floor, "rfid")).containsExactly("LFQ 40");
  }

  @Test
  void meansOverTheSeeds_decide() {
    Floor floor =
        floor(
            cell("LBG", 1, 50, 256),
            cell("LBG", 2, 60, 256),
            cell("A", 1, 54, 256),
            cell("A", 2, 55, 256),
            cell("B", 1, 40, 256),
            cell("B", 2, 71, 256));
    assertThat(below(floor, "rfid")).containsExactly("B 256");
  }

  @Test
  void otherProtocols_areNeverCompared() {
    Cell other = cell("A", 1, metrics(60, "9999999999"), Map.of(), 256);
    Floor floor = floor(cell("LBG", 1, 50, 256), other, cell("B", 1, 60, 256));
    assertThat(below(floor, "rfid")).containsExactly("B 256");
    assertThat(below(floor, "usage")).containsExactly("B 256");
  }

  @Test
  void floorItself_isNeverBelow() {
    Map<String, Metric> metrics = metrics(90, PROTOCOL);
    Floor floor =
        floor(cell("LBG", 1, 50, 256), cell("LBG", 1, metrics, Map.of("loss", "l1"), 256));
    assertThat(floor.rows()).hasSize(2).allMatch(floor::is);
    assertThat(below(floor, "rfid")).isEmpty();
  }

  @Test
  void nothingIsBelow_whereNoFloorWasDeclared() {
    Floor floor = floor(run(Path.of("nowhere"), cell("LBG", 1, 50, 256), cell("A", 1, 60, 256)));
    assertThat(floor.isDeclared()).isFalse();
    assertThat(floor.rows()).noneMatch(floor::is);
    assertThat(below(floor, "rfid")).isEmpty();
  }

  @Test
  void floorOfAnotherRun_isNotMeasuredAgainst() {
    Run first = withFloor(run(Path.of("one"), cell("LBG", 1, 50, 256)), "LBG");
    Run second = run(Path.of("two"), cell("A", 1, 60, 256));
    assertThat(below(floor(first, second), "rfid")).isEmpty();
    Run both = run(Path.of("two"), cell("A", 1, 60, 256), cell("K-means", 1, 55, 256));
    Floor floor = floor(first, withFloor(both, "K-means"));
    assertThat(below(floor, "rfid")).containsExactly("A 256");
    assertThat(floor.name()).isEqualTo("LBG or K-means");
  }
}
