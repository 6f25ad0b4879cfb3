package dev.vernier.harness.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.spark.task.MachineReport;
import dev.vernier.spi.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Machines of 4,000 MiB whose cells have 2 threads. */
class CellMemoryTest {
  private static SparkCluster.Asked executor(String host, int cores) {
    return new SparkCluster.Asked(cores, new MachineReport("1", host, 4000, true, ""));
  }

  private static void require(int cellMemory, SparkCluster.Asked... machines) {
    SparkCluster.requireMemory(List.of(machines), 2, cellMemory);
  }

  @Test
  void cellsThatFit_areFine() {
    assertThatCode(() -> require(2000, executor("a", 2), executor("a", 2)))
        .doesNotThrowAnyException();
    assertThatCode(() -> require(4000, executor("a", 2), executor("b", 3)))
        .as("on machines of their own")
        .doesNotThrowAnyException();
  }

  @Test
  void cellsOfAllExecutorsOfAMachine_countTogether() {
    assertThatThrownBy(() -> require(2001, executor("b", 2), executor("a", 2), executor("a", 2)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("a has 4000 MiB, but 2 cells at once may take 4002: fewer cores");
    assertThatThrownBy(() -> require(2000, executor("a", 6)))
        .hasMessageContaining("3 cells at once may take 6000");
  }

  @Test
  void oneCellThatIsTooLarge_isRefused() {
    assertThatThrownBy(() -> require(5000, executor("a", 1)))
        .hasMessageStartingWith("a has 4000 MiB, but a cell may take 5000");
  }
}
