package dev.vernier.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.experiments.Experiment;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RunCommandTest {
  @Test
  void help_namesEveryBuiltInExperiment() {
    assertThat(new CommandLine(new RunCommand()).getUsageMessage().replaceAll("\\s+", " "))
        .contains("a built-in experiment (" + String.join(", ", Experiment.BUILT_IN) + "), or");
  }
}
