package dev.vernier.tests.golden;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenCaseTest {
  @TempDir Path folder;
  private GoldenCase golden;

  @BeforeEach
  void read() throws Exception {
    Files.writeString(
        folder.resolve("case.json"),
        """
        {"case": "toy", "params": {"momentum": 0.2}, "inputs": {}, "outputs": {},
         "scalars": {
           "distance": {"value": 1, "atol": 0.1, "rtol": 0},
           "margin": {"value": 1, "atol": 0.1, "rtol": 0, "informational": true}}}
        """);
    golden = GoldenCase.read(folder);
  }

  @Test
  void numbersBeyondTheTolerance_fail() {
    golden.expectScalar("distance", 1.05);
    assertThatThrownBy(() -> golden.expectScalar("distance", 1.2))
        .hasMessageStartingWith("toy: distance[0] is 1.2");
  }

  @Test
  void numbersForInformation_mayDiffer_andMayBeMissing() {
    golden.expectScalar("margin", 5);
    golden.expectScalar("distance", 1);
    golden.assertComplete();
  }

  @Test
  void numbersThatNothingCompared_fail() {
    assertThatThrownBy(golden::assertComplete).hasMessageContaining("distance");
  }

  @Test
  void parametersThatAreFixed_areNamedWhereTheyDiffer() {
    golden.fixed("momentum", 0.2);
    golden.fixed("slope", 0.1);
    assertThatThrownBy(() -> golden.fixed("momentum", 0.1))
        .hasMessageContaining("toy: parameter momentum");
  }
}
