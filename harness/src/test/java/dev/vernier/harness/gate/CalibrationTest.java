package dev.vernier.harness.gate;

import static dev.vernier.harness.gate.Numbers.cell;
import static dev.vernier.harness.gate.Numbers.measured;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  /** A run with one seed a number. */
  private static Snapshot run(long firstSeed, double... numbers) {
    Numbers run = new Numbers();
    IntStream.range(0, numbers.length)
        .forEach(
            i ->
                run.with(
                    cell("VQGAN", firstSeed + i, Map.of("loss", "l2")),
                    Map.of(Numbers.psnr(), measured(numbers[i]))));
    return run.snapshot();
  }

  private static Spread spread(Optional<Snapshot> before, Snapshot... runs) {
    GateCell first =
        new Calibration(Arrays.asList(runs)).calibrated(runs[0], before).values().iterator().next();
    return first.metrics().get(Numbers.psnr()).spread();
  }

  @Test
  void trainingsOfAllRuns_giveTheSpread() {
    Spread found = spread(Optional.empty(), run(1, 20, 21), run(3, 22));
    assertThat(found.trainings()).isEqualTo(3);
    assertThat(found.deviation()).isCloseTo(1, within(1e-12));
  }

  @Test
  void repeatedNumbers_areTheSameTraining() {
    assertThat(spread(Optional.empty(), run(1, 20), run(1, 20.0001), run(1, 20))).isNull();
    assertThat(spread(Optional.empty(), run(1, 20), run(1, 20), run(1, 21)).trainings())
        .isEqualTo(2);
  }

  @Test
  void givenCells_haveNoSpread() {
    Snapshot one = given(20);
    assertThat(spread(Optional.empty(), one, given(21))).isNull();
    assertThat(notes(one, given(21))).isEmpty();
  }

  private static Snapshot given(double number) {
    return new Numbers()
        .with(cell("VQGAN", null, Map.of()), Map.of(Numbers.psnr(), measured(number)))
        .snapshot();
  }

  private static List<String> notes(Snapshot... runs) {
    Calibration calibration = new Calibration(Arrays.asList(runs));
    return calibration.notes(runs[0], calibration.calibrated(runs[0], Optional.empty()).values());
  }

  @Test
  void tooFewTrainings_andRunsThatAddNone_areSaid() {
    assertThat(notes(run(1, 20)))
        .containsExactly(
            "VQGAN: 1 training is known, 5 are needed: name runs of other seeds with --calibrate");
    assertThat(notes(run(1, 20, 21), run(3, 22)))
        .singleElement()
        .asString()
        .startsWith("VQGAN: 3 trainings are known, 5 are needed");
    assertThat(notes(run(1, 20), run(1, 20)))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("VQGAN: --calibrate came to nothing: its runs repeat known numbers");
    assertThat(notes(run(1, 20, 21), run(3, 22, 23, 24))).isEmpty();
  }

  @Test
  void earlierSpread_isKept_whereItRestsOnMoreTrainings() {
    Numbers earlier = new Numbers();
    Spread ten = new Spread(0.5, 10);
    Measured calibrated = measured(20).with(ten);
    earlier.with(cell("VQGAN", 1L, Map.of("loss", "l2")), Map.of(Numbers.psnr(), calibrated));
    Optional<Snapshot> before = Optional.of(earlier.snapshot());
    assertThat(spread(before, run(1, 20))).isEqualTo(ten);
    assertThat(spread(before, run(1, 20, 21))).isEqualTo(ten);
    double[] many = IntStream.range(0, 11).mapToDouble(i -> 20 + i).toArray();
    assertThat(spread(before, run(1, many)).trainings()).isEqualTo(11);
  }

  @Test
  void othersOfAnotherMethodOrProtocol_countForNothing() {
    Measured other = new Measured("PSNR", 30, null, null, 50, "ffff", null, null);
    GateCell same = cell("VQGAN", 2L, Map.of("loss", "l2"));
    Snapshot protocol = new Numbers().with(same, Map.of(Numbers.psnr(), other)).snapshot();
    GateCell lfq = cell("LFQ", 2L, Map.of("loss", "l2"));
    Snapshot method = new Numbers().with(lfq, Map.of(Numbers.psnr(), measured(30))).snapshot();
    for (Snapshot each : List.of(protocol, method)) {
      assertThat(spread(Optional.empty(), run(1, 20), each)).isNull();
    }
  }
}
