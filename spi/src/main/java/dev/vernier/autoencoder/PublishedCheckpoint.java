package dev.vernier.autoencoder;

import dev.vernier.weights.RenamedWeights;
import dev.vernier.weights.WeightFile;
import dev.vernier.weights.WrappedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A weight file of this frame as this project names its arrays: those of the model in it, wherever
 * {@link WrappedModel} finds it; the levels of Taming Transformers under LlamaGen's names; moving
 * averages of weights where there are any; without what only training needs.
 */
public final class PublishedCheckpoint implements RenamedWeights {
  /** Dimensions of a filter bank. */
  private static final int CONVOLUTION = 4;

  private static final String FIRST = "encoder.conv_in.weight";
  private static final String BACK = "post_quant_conv.weight";
  private static final String AVERAGES = "model_ema.";
  private static final String LOSS = "loss.";
  private static final String GROUPS = "32";

  private final WeightFile file;
  private final Optional<String> choice;
  private final Map<String, String> inside;
  private final TamingNames taming;
  private final Map<String, String> names = new LinkedHashMap<>();

  /**
   * A view of a file.
   *
   * @param path where it is, for messages
   * @param file closed with this
   * @param parameters gives the parameter that an array holds, of a name with the levels in
   *     LlamaGen's form; empty where inference does without
   * @throws dev.vernier.spi.UsageException if the file holds several models, and does not say which
   *     of them is meant
   */
  PublishedCheckpoint(Path path, WeightFile file, Function<String, Optional<String>> parameters) {
    this.file = file;
    Optional<WrappedModel> model =
        WrappedModel.find(
            path, file, FIRST, name -> !isTrainingOnly(name) && parameters.apply(name).isPresent());
    this.choice = model.flatMap(WrappedModel::choice);
    this.inside = model.map(WrappedModel::originalNames).orElseGet(() -> unchanged(file));
    this.taming = TamingNames.of(inside.keySet());
    inside.forEach(
        (name, original) -> {
          if (!isTrainingOnly(name)) {
            parameters
                .apply(taming.translate(name))
                .ifPresent(own -> names.put(own, inside.getOrDefault(average(name), original)));
          }
        });
  }

  private static boolean isTrainingOnly(String name) {
    return name.startsWith(AVERAGES) || name.startsWith(LOSS);
  }

  private static Map<String, String> unchanged(WeightFile file) {
    Map<String, String> unchanged = new LinkedHashMap<>();
    file.names().forEach(name -> unchanged.put(name, name));
    return unchanged;
  }

  /** The moving average of an array, as Lightning names it. */
  private static String average(String name) {
    return AVERAGES + name.replace(".", "");
  }

  /** Whether the file's arrays are named as in Taming Transformers and not as in LlamaGen. */
  public boolean isTaming() {
    return taming.levels() > 0;
  }

  /** Whether the file holds the moving average of an array that it names so. */
  public boolean hasAverage(String name) {
    return inside.containsKey(average(name));
  }

  /** What is said where the file holds several models: which, and which of them this is. */
  Optional<String> choice() {
    return choice;
  }

  /** Residual blocks of a level of the encoder. */
  public int residualBlocks() {
    int blocks = 0;
    while (names.containsKey("encoder.conv_blocks.0.res." + blocks + ".conv2.weight")) {
      blocks++;
    }
    return blocks;
  }

  /**
   * The frame's settings as the arrays' shapes show them, by name; empty where the file is of
   * another frame.
   */
  Map<String, String> settings() {
    if (!names.containsKey(FIRST)) {
      return Map.of();
    }
    long channels = shape(FIRST, CONVOLUTION)[0];
    List<String> multipliers = new ArrayList<>();
    for (String at = level(0); names.containsKey(at); at = level(multipliers.size())) {
      multipliers.add(String.valueOf(shape(at, CONVOLUTION)[0] / channels));
    }
    if (multipliers.isEmpty()) {
      return Map.of();
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("channels", String.valueOf(channels));
    settings.put("multipliers", String.join(",", multipliers));
    settings.put("residual-blocks", String.valueOf(residualBlocks()));
    settings.put(
        "z-channels",
        String.valueOf(
            shape(names.containsKey(BACK) ? BACK : "encoder.conv_out.weight", CONVOLUTION)[0]));
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
