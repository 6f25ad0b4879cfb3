package dev.vernier.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;

class OpenMpTest {
  private static final Path MAPPED = Path.of("/proc/self/maps");

  /** Two in one process would each keep a thread for every core. */
  @Test
  void executors_shareOneRuntime() throws IOException {
    assumeThat(MAPPED).exists();
    for (String executor : List.of("nd4j", "onednn")) {
      convolve(executor);
    }
    assertThat(
            Pattern.compile("/\\S*lib(gomp|iomp|omp)\\S*")
                .matcher(Files.readString(MAPPED))
                .results()
                .map(MatchResult::group)
                .distinct())
        .hasSize(1);
  }

  private static void convolve(String executor) {
    Graph graph = new Graph();
    SDVariable images = graph.input("images", 1, 3, 8, 8);
    SDVariable result =
        Convolution.apply("c", FeatureMap.ofInput(graph, images), 4, Window.square(3, 1, 1))
            .value();
    try (Parameters parameters = Parameters.initialize(graph, 1);
        Execution execution =
            Executors.named(executor).compile(Program.forward(graph, result), parameters)) {
      execution.run();
    }
  }
}
