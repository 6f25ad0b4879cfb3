package dev.vernier.tests.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/** What was measured, a line a benchmark: the median iteration, and how many items a second. */
final class ResultTable {
  /** Items that one operation handles, by benchmark. */
  private static final Map<String, String> ITEMS =
      Map.of(
          "TrainingStepBenchmark.step", "images",
          "GeneratorBenchmark.step", "images",
          "GeneratorBenchmark.sample", "sub-tokens",
          "FrozenNetBenchmark.forward", "images",
          "CodebookSearchBenchmark.search", "vectors");

  private ResultTable() {}

  /** The table in Markdown. */
  static String of(Collection<RunResult> results) {
    List<String> lines = new ArrayList<>();
    lines.add("| work | ms | a second |");
    lines.add("| --- | --- | --- |");
    for (RunResult result : results) {
      BenchmarkParams of = result.getParams();
      String[] path = of.getBenchmark().split("\\.", -1);
      String name = path[path.length - 2] + "." + path[path.length - 1];
      double milliseconds = result.getPrimaryResult().getStatistics().getPercentile(50);
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s%s | %.2f | %s |",
              name.replace("Benchmark", ""),
              parameters(of),
              milliseconds,
              ITEMS.containsKey(name)
                  ? String.format(
                      Locale.ROOT,
                      "%.1f %s",
                      items(name, of) * 1000 / milliseconds,
                      ITEMS.get(name))
                  : ""));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String parameters(BenchmarkParams of) {
    List<String> values = new ArrayList<>();
    of.getParamsKeys().forEach(key -> values.add(of.getParam(key)));
    return values.isEmpty() ? "" : " " + String.join(" ", values);
  }

  private static int items(String name, BenchmarkParams of) {
    return switch (name) {
      case "TrainingStepBenchmark.step" ->
          TrainingStepBenchmark.batch(of.getParam("configuration"));
      case "GeneratorBenchmark.step" -> GeneratorBenchmark.BATCH;
      case "GeneratorBenchmark.sample" -> GeneratorBenchmark.SUB_TOKENS;
      case "FrozenNetBenchmark.forward" -> FrozenNetBenchmark.BATCH;
      default -> Integer.parseInt(of.getParam("work").split("x", 2)[0]);
    };
  }
}
