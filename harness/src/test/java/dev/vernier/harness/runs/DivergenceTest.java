package dev.vernier.harness.runs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.spi.UsageException;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  private static void train(long from, long to, LongToDoubleFunction loss) {
    Divergence divergence = new Divergence(Divergence.Seen.from(from));
    for (long step = from; step <= to; step++) {
      divergence.see(step, loss.applyAsDouble(step));
    }
  }

  @Test
  void lossThatStaysFarAboveTheFirst_endsTheTraining_namingTheStep() {
    assertThatThrownBy(() -> train(1, 50, step -> step < 20 ? 0.5 : 5.1))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "the training diverges: the loss was 0.5000 in step 1 and is 5.100 in step 29; lower"
                + " the learning rate");
  }

  @Test
  void lossThatIsNoNumber_endsTheTrainingAtOnce() {
    assertThatThrownBy(() -> train(8, 50, step -> step < 20 ? 0.5 : Double.NaN))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("was 0.5000 in step 8 and is NaN in step 20");
  }

  /** As that of a tokenizer whose entropy is rewarded. */
  @Test
  void lossThatBeginsBelowZero_endsTheTrainingToo() {
    assertThatThrownBy(() -> train(1, 50, step -> step < 20 ? -0.5 : 4.1))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("was -0.5000 in step 1 and is 4.100 in step 29");
    assertThatCode(() -> train(1, 50, step -> step < 20 ? -0.5 : 3.9)).doesNotThrowAnyException();
  }

  @Test
  void firstLossThatIsNearlyZero_isNoMeasure() {
    assertThatCode(() -> train(1, 50, step -> step == 1 ? 1e-6 : 0.05)).doesNotThrowAnyException();
  }

  @Test
  void lossesThatLeapOrFall_areNone() {
    assertThatCode(() -> train(1, 100, step -> step == 1 || step % 10 == 9 ? 0.5 : 90))
        .doesNotThrowAnyException();
    assertThatCode(() -> train(1, 100, step -> 1.0 / step)).doesNotThrowAnyException();
    assertThatCode(() -> train(1, 100, step -> -step)).doesNotThrowAnyException();
  }
}
