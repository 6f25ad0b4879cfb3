package dev.vernier.harness.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void failureOfATask_isWhatItThrewWithItsPlace() {
    String spark =
        "Job aborted due to stage failure: Task 0 in stage 3.0 failed 4 times, most recent failure:"
            + " Lost task 0.3 in stage 3.0 (TID 12) (10.0.0.7 executor 2): java.io.IOException: the"
            + " worker ended with exit code 134: core dumped\n\tat dev.vernier.Some.where";
    assertThat(Failures.words(new IllegalStateException(spark)))
        .isEqualTo("the worker ended with exit code 134: core dumped (10.0.0.7 executor 2)");
  }

  @Test
  void otherFailure_isItsFirstLine() {
    assertThat(Failures.words(new IllegalStateException("one\ntwo"))).isEqualTo("one");
  }
}
