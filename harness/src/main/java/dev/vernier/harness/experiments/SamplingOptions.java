package dev.vernier.harness.experiments;

import dev.vernier.spi.Declared;
import dev.vernier.spi.GuidanceSchedule;
import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How images are drawn from a generator, in the words of an experiment: cut-offs may be shares of a
 * sub-codebook, so that they mean the same for each. A list has one value for all sub-codebooks, or
 * one for each.
 *
 * @param topK entries of each sub-codebook to draw from
 * @param topP mass of each to draw from
 * @param temperature divides the logits
 * @param guidance scale of classifier-free guidance
 * @param schedule of guidance over positions
 * @param samples how many images
 */
public record SamplingOptions(
    @Declared(
            name = "top-k",
            byDefault = "all",
            meaning =
                "the most probable entries of each sub-codebook to draw from: a number, all, half or"
                    + " quarter of them; or one for each sub-codebook, separated by slashes")
        String topK,
    @Declared(
            name = "top-p",
            byDefault = "1",
            to = 1,
            meaning = "the most probable entries up to this mass, 1 for all")
        List<Double> topP,
    @Declared(byDefault = "1", from = 1e-3, to = 100, meaning = "divides the logits")
        List<Double> temperature,
    @Declared(
            byDefault = "1",
            to = 100,
            meaning = "scale of classifier-free guidance, 1 for none; paper 2.0, table 4 1.75")
        List<Double> guidance,
    @Declared(byDefault = "constant", meaning = "of guidance over positions")
        GuidanceSchedule schedule,
    @Declared(
            byDefault = "2048",
            quick = "1020",
            paper = "50000",
            from = 1,
            to = 10_000_000,
            meaning = "images, of all classes in turn")
        int samples) {
  private static final int FEWEST = 2;
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
  private static final Map<String, Integer> SHARES = Map.of("all", 1, "half", 2, "quarter", 4);

  /** Refuses a top-k that is neither number nor share. */
  public SamplingOptions {
    for (String each : cutoffs(topK)) {
      if (!SHARES.containsKey(each) && !NUMBER.matcher(each).matches()) {
        throw new UsageException(
            "setting top-k cannot be '"
                + topK
                + "': it takes a number from 1, all, half or quarter, or several, separated by slashes");
      }
    }
  }

  /** Whether some sub-codebook is drawn with guidance. */
  boolean isGuided() {
    return guidance.stream().anyMatch(each -> each != 1);
  }

  /** The options as settings. */
  public static List<Setting<?>> all() {
    return Setting.of(SamplingOptions.class);
  }

  /** What a scale means for them, where that is not the default; the caller's own. */
  static Map<String, String> at(String scale) {
    Map<String, String> own = new LinkedHashMap<>();
    all().forEach(each -> each.at(scale).ifPresent(text -> own.put(each.name(), text)));
    return own;
  }

  /**
   * Options from text.
   *
   * @throws UsageException if an option is unknown or its value is wrong
   */
  public static SamplingOptions of(Map<String, String> given) {
    return Settings.of(all(), given).bind(SamplingOptions.class);
  }

  /**
   * Refuses what no statistics can be made of.
   *
   * @throws UsageException if there are too few samples
   */
  void requireMeasurable() {
    if (samples < FEWEST) {
      throw new UsageException(
          "setting samples cannot be "
              + samples
              + " where samples are measured: statistics need at least "
              + FEWEST);
    }
  }

  /**
   * What a generator of some sub-codebooks takes.
   *
   * @throws UsageException if a list is neither one value nor one for each, or top-k is more than
   *     the entries of every sub-codebook
   */
  public SamplingSettings of(List<SubCodebook> subCodebooks, long seed) {
    List<String> cutoffs = cutoffs(topK);
    int books = subCodebooks.size();
    requireOneForEach("setting guidance", guidance, books);
    requireOneForEach("setting temperature", temperature, books);
    requireOneForEach("setting top-k", cutoffs, books);
    requireOneForEach("setting top-p", topP, books);
    int largest = subCodebooks.stream().mapToInt(SubCodebook::size).max().orElseThrow();
    cutoffs.forEach(each -> refuseMoreThanAll(each, largest));
    List<SamplingSettings.Draw> draws = new ArrayList<>();
    for (int i = 0; i < books; i++) {
      int entries = topK(of(cutoffs, i), subCodebooks.get(i).size());
      draws.add(
          new SamplingSettings.Draw(of(guidance, i), of(temperature, i), entries, of(topP, i)));
    }
    return new SamplingSettings(draws, schedule, seed);
  }

  private static List<String> cutoffs(String topK) {
    return List.of(topK.split("/", -1));
  }

  private static void requireOneForEach(String setting, List<?> values, int books) {
    if (values.size() != 1 && values.size() != books) {
      throw new UsageException(
          "%s has %d values: give one for all sub-codebooks, or one for each of the %d"
              .formatted(setting, values.size(), books));
    }
  }

  private static <T> T of(List<T> values, int subCodebook) {
    return values.get(values.size() == 1 ? 0 : subCodebook);
  }

  private static void refuseMoreThanAll(String topK, int largest) {
    if (!SHARES.containsKey(topK) && Integer.parseInt(topK) > largest) {
      throw new UsageException(
          "setting top-k cannot be "
              + topK
              + ": a sub-codebook has "
              + largest
              + " entries; give fewer, or all");
    }
  }

  private static int topK(String given, int size) {
    Integer share = SHARES.get(given);
    return share == null ? Integer.parseInt(given) : Math.max(1, size / share);
  }
}
