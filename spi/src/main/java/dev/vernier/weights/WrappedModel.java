package dev.vernier.weights;

import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The model in a weight file, whatever it is nested in: containers of a training's state, such as
 * {@code state_dict} and {@code ema}, larger models that it is a part of, such as {@code
 * first_stage_model}, and wrappers, such as {@code module} of PyTorch's DDP and {@code _orig_mod}
 * of its compiler, which may also stand within names. It is found by an array that every such model
 * has.
 *
 * <p>Where a file holds several, the moving average of the weights is taken, else the one below
 * {@code model}, else that below {@code state_dict}: the order in which LlamaGen looks for them.
 */
public final class WrappedModel implements RenamedWeights {
  private static final Set<String> WRAPPERS =
      Set.of(
          "module",
          "_orig_mod",
          "_fsdp_wrapped_module",
          "_checkpoint_wrapped_module",
          "_forward_module");

  private static final Pattern AVERAGE = Pattern.compile("(?i)(.*[_-])?ema([_-].*)?");

  private final WeightFile file;
  private final Map<String, String> names;
  private final String choice;

  private WrappedModel(WeightFile file, Map<String, String> names, String choice) {
    this.file = file;
    this.names = names;
    this.choice = choice;
  }

  /**
   * The model in a file.
   *
   * @param path where the file is, for messages
   * @param file closed with the model
   * @param landmark the name of an array that every such model has
   * @param needed whether an array, by its name within the model, is needed to use it; a model that
   *     lacks some of another's is passed over
   * @return empty where there is none
   * @throws UsageException if there are several, and none of them comes first
   */
  public static Optional<WrappedModel> find(
      Path path, WeightFile file, String landmark, Predicate<String> needed) {
    Map<String, Map<String, String>> found = models(path, file.names(), landmark);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (found.size() == 1) {
      return Optional.of(new WrappedModel(file, found.values().iterator().next(), null));
    }
    Map<String, Set<String>> contents = new LinkedHashMap<>();
    found.forEach(
        (prefix, names) ->
            contents.put(
                prefix, names.keySet().stream().filter(needed).collect(Collectors.toSet())));
    List<String> whole =
        found.keySet().stream().filter(each -> !isPart(contents.get(each), contents)).toList();
    int first = whole.stream().mapToInt(WrappedModel::rank).min().orElseThrow();
    List<String> best = whole.stream().filter(each -> rank(each) == first).toList();
    if (best.size() > 1) {
      throw new UsageException(
          path + " holds " + places(found.keySet()) + ": save the one that is meant alone");
    }
    String choice =
        "the file holds "
            + places(found.keySet())
            + ": the "
            + (first == 0 ? "moving averages " : "one ")
            + place(best.get(0))
            + (first == 0 ? " were taken" : " was taken");
    return Optional.of(new WrappedModel(file, found.get(best.get(0)), choice));
  }

  /** Names within a model and in the file, by what stands before those of the model. */
  private static Map<String, Map<String, String>> models(
      Path path, Set<String> names, String landmark) {
    Map<String, Map<String, String>> models = new LinkedHashMap<>();
    for (String name : names) {
      String[] parts = name.split("\\.", -1);
      for (int from = 0; from < parts.length; from++) {
        boolean wrapped = WRAPPERS.contains(parts[from]);
        if (!wrapped && unwrapped(parts, from).equals(landmark)) {
          models.put(prefix(parts, from), new LinkedHashMap<>());
        }
      }
    }
    for (String name : names) {
      String[] parts = name.split("\\.", -1);
      for (int from = parts.length - 1; from >= 0; from--) {
        Map<String, String> model = models.get(prefix(parts, from));
        if (model != null) {
          String before = model.put(unwrapped(parts, from), name);
          if (before != null) {
            throw new UsageException(
                path
                    + " holds one array twice, as "
                    + before
                    + " and as "
                    + name
                    + ": save one of them alone");
          }
          break;
        }
      }
    }
    return models;
  }

  private static String prefix(String[] parts, int end) {
    return end == 0 ? "" : String.join(".", Arrays.asList(parts).subList(0, end)) + ".";
  }

  private static String unwrapped(String[] parts, int from) {
    List<String> kept = new ArrayList<>(Arrays.asList(parts).subList(from, parts.length));
    kept.removeAll(WRAPPERS);
    return String.join(".", kept);
  }

  private static boolean isPart(Set<String> own, Map<String, Set<String>> contents) {
    return contents.values().stream()
        .anyMatch(other -> other.size() > own.size() && other.containsAll(own));
  }

  private static int rank(String prefix) {
    List<String> parts = List.of(prefix.split("\\."));
    if (parts.stream().anyMatch(each -> AVERAGE.matcher(each).matches())) {
      return 0;
    }
    return parts.contains("model") ? 1 : parts.contains("state_dict") ? 2 : 3;
  }

  private static String places(Collection<String> prefixes) {
    return prefixes.size()
        + " models, "
        + prefixes.stream().limit(4).map(WrappedModel::place).collect(Collectors.joining(", "))
        + (prefixes.size() > 4 ? ", ..." : "");
  }

  private static String place(String prefix) {
    return prefix.isEmpty()
        ? "at the top"
        : "below '" + FewNames.shortened(prefix.substring(0, prefix.length() - 1)) + "'";
  }

  /** What is said where the file holds several models: which, and which of them this is. */
  public Optional<String> choice() {
    return Optional.ofNullable(choice);
  }

  @Override
  public WeightFile original() {
    return file;
  }

  @Override
  public Map<String, String> originalNames() {
    return Collections.unmodifiableMap(names);
  }
}
