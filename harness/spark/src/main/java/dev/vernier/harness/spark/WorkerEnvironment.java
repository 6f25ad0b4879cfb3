package dev.vernier.harness.spark;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What of the driver's environment decides how numbers are computed, and goes to every worker. */
final class WorkerEnvironment {
  private static final List<String> PREFIXES =
      List.of("VERNIER_", "OMP_", "GOMP_", "OPENBLAS_", "DNNL_", "ONEDNN_");

  private WorkerEnvironment() {}

  static Map<String, String> of(Map<String, String> driver, int threads) {
    Map<String, String> environment = new TreeMap<>();
    driver.forEach(
        (name, value) -> {
          if (PREFIXES.stream().anyMatch(name::startsWith)) {
            environment.put(name, value);
          }
        });
    environment.put("OMP_NUM_THREADS", String.valueOf(threads));
    environment.put("OPENBLAS_NUM_THREADS", String.valueOf(threads));
    // Threads that spin while they wait take the cores of other cells.
    environment.putIfAbsent("OMP_WAIT_POLICY", "passive");
    environment.putIfAbsent("GOMP_SPINCOUNT", "3000");
    environment.put("LC_ALL", "C.UTF-8");
    return environment;
  }
}
