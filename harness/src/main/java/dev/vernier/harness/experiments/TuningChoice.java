package dev.vernier.harness.experiments;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.records.Run;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings that a search chooses. A candidate is a combination of a method's grid; its score is
 * the mean of the metric over the seeds. First the shared settings: of their combinations the one
 * with the best mean, over all methods, of the logarithm of the score of the method's best
 * candidate with it, so that every method has the same say whatever its level. Then each method's
 * own settings: its best candidate with the shared ones. Of equals the first in the grid. A
 * candidate with a cell that failed, or whose metric is not above 0, is none; nothing is chosen
 * where a method has no candidate left.
 *
 * @param shared values by setting
 * @param methods every method's own values by setting
 * @param scores of the chosen candidates by method
 * @param candidates number of candidates by method
 */
public record TuningChoice(
    Map<String, String> shared,
    Map<String, Map<String, String>> methods,
    Map<String, Double> scores,
    Map<String, Integer> candidates) {
  /**
   * Chooses.
   *
   * @param experiment declares the search
   * @throws UsageException if a method has no candidate for any of the shared values
   */
  public static TuningChoice of(Run run, Experiment experiment) {
    return new Search(run, experiment).choose();
  }

  /** As YAML, with what it was chosen from. */
  public String yaml(Run run, Experiment experiment) throws IOException {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("experiment", run.record().experiment());
    text.put("scale", run.record().scale());
    text.put("metric", experiment.tuning().metric());
    text.put("seeds", run.record().seeds());
    text.put("dataset", run.record().dataset().name());
    text.put("dataset-hash", run.record().dataset().hash());
    text.put("images", run.record().dataset().validation());
    text.put("commit", run.record().provenance().commit());
    text.put("candidates", candidates);
    text.put("shared", shared);
    text.put("methods", methods);
    text.put("scores", scores);
    return new YAMLMapper().writeValueAsString(text);
  }

  /** A combination of a method's grid. */
  private record Candidate(Map<String, String> settings, double score) {
    Map<String, String> part(List<String> names, boolean among) {
      Map<String, String> part = new LinkedHashMap<>(settings);
      part.keySet().removeIf(name -> names.contains(name) != among);
      return part;
    }
  }

  private static final class Search {
    private final Tuning tuning;
    private final boolean lower;
    private final Map<String, List<Candidate>> candidates = new LinkedHashMap<>();

    Search(Run run, Experiment experiment) {
      this.tuning = experiment.tuning();
      this.lower =
          MetricKind.of(tuning.metric()).map(MetricKind::better).orElse(Metric.Better.LOWER)
              == Metric.Better.LOWER;
      for (Experiment.Method method : experiment.methods()) {
        candidates.put(method.name(), candidates(run, method));
      }
    }

    private List<Candidate> candidates(Run run, Experiment.Method method) {
      Set<String> varied = new LinkedHashSet<>(method.grid().keySet());
      varied.addAll(method.at(run.record().scale()).grid().keySet());
      Map<Map<String, String>, List<Cell>> cells = new LinkedHashMap<>();
      for (Cell cell : run.cells()) {
        if (method.name().equals(cell.method())) {
          Map<String, String> settings = new LinkedHashMap<>();
          varied.forEach(name -> settings.put(name, cell.settings().get(name)));
          cells.computeIfAbsent(settings, each -> new ArrayList<>()).add(cell);
        }
      }
      List<Candidate> found = new ArrayList<>();
      cells.forEach(
          (settings, own) ->
              score(own).ifPresent(score -> found.add(new Candidate(settings, score))));
      return found;
    }

    private Optional<Double> score(List<Cell> cells) {
      double sum = 0;
      for (Cell cell : cells) {
        Metric metric = cell.metrics().get(tuning.metric());
        if (metric == null || !(metric.value() > 0)) {
          return Optional.empty();
        }
        sum += metric.value();
      }
      return Optional.of(sum / cells.size());
    }

    TuningChoice choose() {
      Map<String, String> shared =
          candidates.values().stream()
              .flatMap(List::stream)
              .map(each -> each.part(tuning.shared(), true))
              .distinct()
              .filter(each -> candidates.keySet().stream().allMatch(name -> has(name, each)))
              .min(Comparator.comparingDouble(this::cost))
              .orElseThrow(
                  () ->
                      new UsageException(
                          "nothing can be chosen: no value of the shared settings has a measured"
                              + " candidate of every method"));
      Map<String, Map<String, String>> own = new LinkedHashMap<>();
      Map<String, Double> scores = new LinkedHashMap<>();
      for (String method : candidates.keySet()) {
        Candidate best = best(method, shared).orElseThrow();
        own.put(method, best.part(tuning.shared(), false));
        scores.put(method, best.score());
      }
      Map<String, Integer> counts =
          candidates.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey,
                      each -> each.getValue().size(),
                      (one, other) -> one,
                      LinkedHashMap::new));
      return new TuningChoice(shared, own, scores, counts);
    }

    private boolean has(String method, Map<String, String> shared) {
      return best(method, shared).isPresent();
    }

    private double cost(Map<String, String> shared) {
      return candidates.keySet().stream()
          .mapToDouble(method -> signed(best(method, shared).orElseThrow()))
          .sum();
    }

    private double signed(Candidate candidate) {
      return (lower ? 1 : -1) * Math.log(candidate.score());
    }

    private Optional<Candidate> best(String method, Map<String, String> shared) {
      return candidates.get(method).stream()
          .filter(each -> each.part(tuning.shared(), true).equals(shared))
          .min(Comparator.comparingDouble(this::signed));
    }
  }
}
