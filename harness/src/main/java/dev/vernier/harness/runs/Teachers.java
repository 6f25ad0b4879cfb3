package dev.vernier.harness.runs;

import dev.vernier.harness.experiments.TeacherChoice;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.FeatureContext;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureExtractorProvider;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Settings;
import dev.vernier.spi.TeacherRequirements;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The frozen vision models that the user gives as teachers, each opened once. */
final class Teachers implements AutoCloseable {
  private final Map<Settings, FeatureExtractor> opened = new LinkedHashMap<>();
  private final Map<String, FeatureExtractor> byName = new TreeMap<>();

  private Teachers() {}

  /**
   * Opens them.
   *
   * @throws UsageException if one cannot be used
   */
  static Teachers open(TeacherChoice choice, Plugins plugins, FeatureContext context)
      throws IOException {
    Teachers teachers = new Teachers();
    FeatureExtractorProvider provider = plugins.teachers();
    try {
      for (Map.Entry<String, Settings> each : choice.settings().entrySet()) {
        Settings settings = each.getValue();
        if (!teachers.opened.containsKey(settings)) {
          teachers.opened.put(settings, provider.open(settings, context));
        }
        teachers.byName.put(each.getKey(), teachers.opened.get(settings));
      }
    } catch (IOException | RuntimeException e) {
      teachers.close();
      throw e;
    }
    return teachers;
  }

  /**
   * Refuses a teacher that scores.
   *
   * @throws UsageException if it does
   */
  void refuse(FeatureSpec scorer) {
    for (FeatureExtractor each : opened.values()) {
      if (each.spec().hash().equals(scorer.hash())) {
        throw new UsageException(
            "the net that scores cannot be a teacher too: choose another for --features or for"
                + " --teacher");
      }
    }
  }

  /** Those of sub-codebooks, by name; without those that the user gives no teacher. */
  Map<String, FeatureExtractor> of(TeacherRequirements requirements) {
    Map<String, FeatureExtractor> chosen = new LinkedHashMap<>();
    if (byName.containsKey(TeacherChoice.OTHERS)) {
      requirements.required().forEach(name -> chosen.put(name, byName.get(TeacherChoice.OTHERS)));
    }
    requirements.names().stream()
        .filter(byName::containsKey)
        .forEach(name -> chosen.put(name, byName.get(name)));
    return chosen;
  }

  /** What they are, by name of the sub-codebook; the caller's own. */
  Map<String, FeatureSpec> specs() {
    Map<String, FeatureSpec> specs = new TreeMap<>();
    byName.forEach((name, teacher) -> specs.put(name, teacher.spec()));
    return specs;
  }

  @Override
  public void close() {
    opened.values().forEach(FeatureExtractor::close);
  }
}
