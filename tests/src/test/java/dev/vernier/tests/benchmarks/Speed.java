package dev.vernier.tests.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * How fast work was done.
 *
 * @param work a benchmark and its parameters, such as {@code TrainingStep.step quick vqgan:1024}
 * @param milliseconds of the median iteration, or of the median run where each is timed
 * @param count items that one operation handles; 0 where it handles none
 * @param items what they are, such as {@code images}
 */
record Speed(String work, double milliseconds, int count, String items) {
  /** What JMH measured; in milliseconds. */
  static Speed of(RunResult result) {
    BenchmarkParams benchmark = result.getParams();
    String[] path = benchmark.getBenchmark().split("\\.", -1);
    String name = path[path.length - 2].replace("Benchmark", "") + "." + path[path.length - 1];
    List<String> work = new ArrayList<>(List.of(name));
    benchmark.getParamsKeys().forEach(key -> work.add(benchmark.getParam(key)));
    double milliseconds = result.getPrimaryResult().getStatistics().getPercentile(50);
    Items items =
        switch (name) {
          case "TrainingStep.step" ->
              new Items(TrainingStepBenchmark.batch(benchmark.getParam("configuration")), "images");
          case "Generator.step" -> new Items(GeneratorBenchmark.BATCH, "images");
          case "Generator.sample" -> new Items(GeneratorBenchmark.SUB_TOKENS, "sub-tokens");
          case "FrozenNet.forward" -> new Items(FrozenNetBenchmark.BATCH, "images");
          case "CodebookSearch.search" ->
              new Items(Integer.parseInt(benchmark.getParam("work").split("x", 2)[0]), "vectors");
          default -> new Items(0, "");
        };
    return new Speed(String.join(" ", work), milliseconds, items.count, items.name);
  }

  private record Items(int count, String name) {}

  /** Items a second. */
  double perSecond() {
    return count * 1000 / milliseconds;
  }
}
