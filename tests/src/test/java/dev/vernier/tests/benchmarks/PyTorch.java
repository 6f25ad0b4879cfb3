package dev.vernier.tests.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch on the same work, in a process of its own.
 *
 * @param python an interpreter that has PyTorch
 * @param threads that it computes with
 */
record PyTorch(String python, int threads) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the launcher sets for this process, and would slow that one. */
  private static final List<String> OURS =
      List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_WAIT_POLICY", "GOMP_SPINCOUNT");

  /** The program that measures. */
  static Path script() {
    try {
      return Path.of(PyTorch.class.getResource("/benchmarks/torch_speed.py").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Measures.
   *
   * @param works names as {@link Speed#work()} gives them
   * @return items a second of those that PyTorch has a counterpart for
   * @throws UsageException if there is no such interpreter, or it fails
   */
  Map<String, Double> itemsPerSecond(Collection<String> works) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(python, script().toString(), "--threads", threads + ""));
    command.addAll(works);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeAll(OURS);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UsageException("cannot start " + python + ": " + e.getMessage(), e);
    }
    Map<String, Double> speeds = new LinkedHashMap<>();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    for (String line : printed.lines().toList()) {
      JsonNode speed = JSON.readTree(line);
      speeds.put(speed.get("work").asText(), speed.get("per_second").asDouble());
    }
    try {
      if (process.waitFor() != 0) {
        throw new UsageException(
            python + " cannot measure PyTorch: install it there, or give another interpreter");
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return speeds;
  }
}
