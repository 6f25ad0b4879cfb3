package dev.vernier.harness.experiments;

import dev.vernier.spi.NearestName;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The options of a comparison of two sets of images: those of a run that it uses. */
public final class ScoreOptions {
  private static final List<Setting<?>> USED =
      List.of(RunOptions.DATA, RunOptions.FEATURES, RunOptions.PROTOCOLS, RunOptions.BOOTSTRAP);
  private static final List<Scope> SCOPES = List.of(Scope.DATA, Scope.FEATURES, Scope.LPIPS);

  private ScoreOptions() {}

  /**
   * Run options after defaults, keys as {@link RunPlan} has them.
   *
   * @throws UsageException if a key is unknown or of no use here, or a value is wrong
   */
  public static Map<String, String> of(Map<String, String> given) {
    given.keySet().forEach(ScoreOptions::refuseUnused);
    Map<String, String> own = new LinkedHashMap<>(given);
    own.keySet().removeIf(Scope::any);
    Map<String, String> options = new LinkedHashMap<>(Settings.of(RunOptions.all(), own).asText());
    given.forEach(options::putIfAbsent);
    return options;
  }

  private static void refuseUnused(String key) {
    List<String> used = USED.stream().map(Setting::name).toList();
    if (used.contains(key) || SCOPES.stream().anyMatch(each -> each.holds(key))) {
      return;
    }
    List<String> all = RunOptions.all().stream().map(Setting::name).toList();
    if (!all.contains(key) && !Scope.any(key)) {
      throw new UsageException(NearestName.unknown("setting", key, used));
    }
    throw new UsageException(
        "there is no use for the setting "
            + key
            + " in a comparison of images: leave it out. It uses "
            + used.stream().sorted().collect(Collectors.joining(", "))
            + ", and settings that begin with "
            + SCOPES.stream().map(Scope::prefix).collect(Collectors.joining(", ")));
  }
}
