package dev.vernier.harness.experiments;

import dev.vernier.spi.NearestName;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The options of a command that is no run and uses some of a run's.
 *
 * @param used options of a run
 * @param scopes of further settings
 * @param purpose what they are used for, for messages
 */
public record UsedOptions(List<Setting<?>> used, List<Scope> scopes, String purpose) {
  /** Those of a comparison of two sets of images. */
  public static final UsedOptions SCORE =
      new UsedOptions(
          List.of(RunOptions.DATA, RunOptions.FEATURES, RunOptions.PROTOCOLS, RunOptions.BOOTSTRAP),
          List.of(Scope.DATA, Scope.FEATURES, Scope.LPIPS),
          "a comparison of images");

  /** Those that decide which images are measured. */
  public static final UsedOptions EXPORT =
      new UsedOptions(
          List.of(RunOptions.DATA, RunOptions.IMAGES, RunOptions.HOLD_OUT),
          List.of(Scope.DATA),
          "an export of images");

  /** Those that decide how something given is measured, and on what. */
  public static final UsedOptions MEASURE =
      new UsedOptions(
          List.of(
              RunOptions.DATA,
              RunOptions.FEATURES,
              RunOptions.PROTOCOLS,
              RunOptions.IMAGES,
              RunOptions.HOLD_OUT,
              RunOptions.BOOTSTRAP,
              RunOptions.CODE_MAP),
          List.of(Scope.DATA, Scope.FEATURES, Scope.LPIPS),
          "a measurement of what is given");

  /**
   * Run options after defaults, keys as {@link RunPlan} has them.
   *
   * @throws UsageException if a key is unknown or of no use here, or a value is wrong
   */
  public Map<String, String> of(Map<String, String> given) {
    given.keySet().forEach(this::refuseUnknown);
    refuseUnused(given);
    Map<String, String> own = new LinkedHashMap<>(given);
    own.keySet().removeIf(Scope::any);
    Map<String, String> options = new LinkedHashMap<>(Settings.of(RunOptions.all(), own).asText());
    given.forEach(options::putIfAbsent);
    return options;
  }

  /**
   * Looks at options of a run; other keys are for others to know.
   *
   * @throws UsageException if one is of no use here
   */
  public void refuseUnused(Map<String, String> given) {
    for (String key : given.keySet()) {
      if (isOfRun(key) && !uses(key)) {
        throw new UsageException(
            purpose
                + " does not use the setting "
                + key
                + ": leave it out. It uses "
                + names().stream().sorted().collect(Collectors.joining(", "))
                + ", and settings that begin with "
                + scopes.stream().map(Scope::prefix).collect(Collectors.joining(", ")));
      }
    }
  }

  private void refuseUnknown(String key) {
    if (!isOfRun(key)) {
      throw new UsageException(NearestName.unknown("setting", key, names()));
    }
  }

  private static boolean isOfRun(String key) {
    return Scope.any(key) || RunOptions.all().stream().anyMatch(each -> each.name().equals(key));
  }

  /** Whether an option is of use here. */
  public boolean uses(String key) {
    return names().contains(key) || scopes.stream().anyMatch(each -> each.holds(key));
  }

  private List<String> names() {
    return used.stream().<String>map(Setting::name).toList();
  }
}
