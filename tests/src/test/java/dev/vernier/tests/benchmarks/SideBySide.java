package dev.vernier.tests.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;

/**
 * Measurements of this project and of PyTorch by turns, since the speed of a machine changes over
 * minutes; medians are compared.
 */
final class SideBySide {
  private static final int ROUNDS = 5;

  /** How many times PyTorch's speed is aimed at, by work, with so many native threads. */
  static final Map<String, Goal> GOALS =
      Map.of(
          "TrainingStep.step 32px vqgan:1024", new Goal(1.5, 2),
          "TrainingStep.step 64px vqgan:1024", new Goal(1.3, 2),
          "TrainingStep.step quick vqgan:1024", new Goal(2.5, 1),
          "TrainingStep.step standard vqgan:1024", new Goal(2.0, 1),
          "Generator.step", new Goal(1.0, 2),
          "Generator.sample", new Goal(3.0, 2),
          "FrozenNet.forward", new Goal(1.0, 2),
          "CodebookSearch.search 8192x16384x256", new Goal(1.5, 2),
          "CodebookSearch.search 8192x16384x8", new Goal(4.0, 2));

  /**
   * What is aimed at.
   *
   * @param ratio to PyTorch's speed
   * @param threads of both
   */
  record Goal(double ratio, int threads) {}

  private SideBySide() {}

  /** Measures, and gives the table in Markdown. */
  static String table(Options benchmarks, PyTorch torch) throws RunnerException, IOException {
    // A wrong interpreter is told at once, not after a round.
    torch.itemsPerSecond(List.of("none"));
    Map<String, List<Double>> ours = new LinkedHashMap<>();
    Map<String, List<Double>> theirs = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (RunResult result : new Runner(benchmarks).run()) {
        Speed speed = Speed.of(result);
        if (speed.count() > 0) {
          add(ours, speed.work(), speed.perSecond());
        }
      }
      torch
          .itemsPerSecond(ours.keySet())
          .forEach((work, perSecond) -> add(theirs, work, perSecond));
    }
    return table(medians(ours), medians(theirs), torch.threads());
  }

  private static void add(Map<String, List<Double>> speeds, String work, double perSecond) {
    speeds.computeIfAbsent(work, unseen -> new ArrayList<>()).add(perSecond);
  }

  private static Map<String, Double> medians(Map<String, List<Double>> speeds) {
    Map<String, Double> medians = new LinkedHashMap<>();
    speeds.forEach(
        (work, each) ->
            medians.put(
                work,
                StatUtils.percentile(
                    each.stream().mapToDouble(Double::doubleValue).toArray(), 50)));
    return medians;
  }

  /**
   * The table of medians.
   *
   * @param ours items a second by work
   * @param theirs those of PyTorch, where it has a counterpart
   * @param threads of both
   */
  static String table(Map<String, Double> ours, Map<String, Double> theirs, int threads) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "| work, %d native thread%s | a second | PyTorch | ratio | goal |",
            threads,
            threads == 1 ? "" : "s"));
    lines.add("| --- | --- | --- | --- | --- |");
    theirs.forEach(
        (work, torch) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.2f | %s |",
                    work,
                    ours.get(work),
                    torch,
                    ours.get(work) / torch,
                    goal(work, threads))));
    return String.join(System.lineSeparator(), lines);
  }

  private static String goal(String work, int threads) {
    Goal goal = GOALS.get(work);
    if (goal == null) {
      return "";
    }
    return goal.threads() == threads
        ? String.valueOf(goal.ratio())
        : goal.ratio() + " with " + goal.threads() + (goal.threads() == 1 ? " thread" : " threads");
  }
}
