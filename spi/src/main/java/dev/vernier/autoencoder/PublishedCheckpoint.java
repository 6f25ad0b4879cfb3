package dev.vernier.autoencoder;

import dev.vernier.weights.RenamedWeights;
import dev.vernier.weights.WeightFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A weight file of this frame as this project names its arrays: those below {@code ema}, {@code
 * model} or {@code state_dict} where the file nests them, in that order as LlamaGen prefers them;
 * the levels of Taming Transformers under LlamaGen's names; moving averages of weights where there
 * are any; without what only training needs.
 */
public final class PublishedCheckpoint implements RenamedWeights {
  private static final String FIRST = "encoder.conv_in.weight";
  private static final List<String> PREFIXES = List.of("", "ema.", "model.", "state_dict.");
  private static final String BACK = "post_quant_conv.weight";
  private static final String AVERAGES = "model_ema.";
  private static final String LOSS = "loss.";
  private static final String GROUPS = "32";

  private final WeightFile file;
  private final String prefix;
  private final TamingNames taming;
  private final Map<String, String> names = new LinkedHashMap<>();

  /**
   * A view of a file.
   *
   * @param file closed with this
   * @param parameters gives the parameter that an array holds, of a name with the levels in
   *     LlamaGen's form; empty where inference does without
   */
  PublishedCheckpoint(WeightFile file, Function<String, Optional<String>> parameters) {
    this.file = file;
    this.prefix =
        PREFIXES.stream()
            .filter(each -> file.names().contains(each + FIRST))
            .findFirst()
            .orElse("");
    this.taming = TamingNames.of(file, prefix);
    for (String name : file.names()) {
      if (name.startsWith(prefix)) {
        String inside = name.substring(prefix.length());
        if (!inside.startsWith(AVERAGES) && !inside.startsWith(LOSS)) {
          parameters
              .apply(taming.translate(inside))
              .ifPresent(own -> names.put(own, hasAverage(inside) ? average(inside) : name));
        }
      }
    }
  }

  /** The moving average of an array, as Lightning names it. */
  private String average(String name) {
    return prefix + AVERAGES + name.replace(".", "");
  }

  /** Whether the file's arrays are named as in Taming Transformers and not as in LlamaGen. */
  public boolean isTaming() {
    return taming.levels() > 0;
  }

  /** Whether the file holds the moving average of an array that it names so. */
  public boolean hasAverage(String name) {
    return file.names().contains(average(name));
  }

  /**
   * The frame's settings as the arrays' shapes show them, by name; empty where the file is of
   * another frame.
   */
  Map<String, String> settings() {
    if (!names.containsKey(FIRST)) {
      return Map.of();
    }
    long channels = shape(FIRST)[0];
    List<String> multipliers = new ArrayList<>();
    for (String at = level(0); names.containsKey(at); at = level(multipliers.size())) {
      multipliers.add(String.valueOf(shape(at)[0] / channels));
    }
    int blocks = 0;
    while (names.containsKey("encoder.conv_blocks.0.res." + blocks + ".conv2.weight")) {
      blocks++;
    }
    if (multipliers.isEmpty()) {
      return Map.of();
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("channels", String.valueOf(channels));
    settings.put("multipliers", String.join(",", multipliers));
    settings.put("residual-blocks", String.valueOf(blocks));
    settings.put(
        "z-channels",
        String.valueOf(shape(names.containsKey(BACK) ? BACK : "encoder.conv_out.weight")[0]));
    settings.put("groups", GROUPS);
    return settings;
  }

  private static String level(int level) {
    return "encoder.conv_blocks." + level + ".res.0.conv2.weight";
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
