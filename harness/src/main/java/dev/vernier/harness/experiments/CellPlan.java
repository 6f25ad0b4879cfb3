package dev.vernier.harness.experiments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Settings;
import dev.vernier.spi.TeacherRequirements;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.Trunk;
import dev.vernier.spi.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * A cell before it has run: all that decides its numbers, and nothing else, so it can run anywhere.
 *
 * @param id hash of everything below and of what the run shares; names its folder
 * @param method what legends call it
 * @param tokenizer name of the plugin
 * @param settings every setting of the plugin after defaults
 * @param training steps, batch size and what else training takes from the run
 * @param seed the seed
 * @param generation what it generates with on the tokenizer of another cell, whose plugin, settings
 *     and training stand above; null where the tokenizer is its own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CellPlan(
    String id,
    String method,
    String tokenizer,
    Map<String, String> settings,
    Map<String, String> training,
    long seed,
    GenerationPlan generation) {
  /** Name in {@link #training} of the hash of the trunk that the cell begins from. */
  public static final String TRUNK = "trunk";

  private static final int ID_LENGTH = 12;

  /** A cell of a tokenizer. */
  public CellPlan(
      String id,
      String method,
      String tokenizer,
      Map<String, String> settings,
      Map<String, String> training,
      long seed) {
    this(id, method, tokenizer, settings, training, seed, null);
  }

  /**
   * A cell with its identity.
   *
   * @param shared what the run adds to the cell's identity: dataset, features, what is measured
   */
  static CellPlan of(
      String method,
      String tokenizer,
      Map<String, String> settings,
      Map<String, String> training,
      long seed,
      Map<String, String> shared) {
    String identity =
        String.join(
            "\n",
            method,
            tokenizer,
            new TreeMap<>(settings).toString(),
            new TreeMap<>(training).toString(),
            String.valueOf(seed),
            new TreeMap<>(shared).toString());
    return new CellPlan(id(identity), method, tokenizer, settings, training, seed);
  }

  private static String id(String identity) {
    return new ContentHash().add(identity).hexadecimal().substring(0, ID_LENGTH);
  }

  /** A cell that generates on the tokenizer of this one; ids of cells say all that is in these. */
  CellPlan generating(String name, GenerationPlan plan, Map<String, String> shared) {
    String identity =
        String.join(
            "\n",
            name,
            plan.inputs().toString(),
            plan.generator(),
            new TreeMap<>(plan.settings()).toString(),
            new TreeMap<>(plan.training()).toString(),
            new TreeMap<>(plan.sampling()).toString(),
            new TreeMap<>(shared).toString());
    return new CellPlan(id(identity), name, tokenizer, settings, training, seed, plan);
  }

  /** Ids of the cells that have to be done before. */
  public List<String> inputs() {
    return generation == null ? List.of() : generation.inputs();
  }

  /** The same beginning from a trunk of this hash. */
  CellPlan beginningFrom(String hash, Map<String, String> shared) {
    Map<String, String> from = new LinkedHashMap<>(training);
    from.put(TRUNK, hash);
    return of(method, tokenizer, settings, from, seed, shared);
  }

  /** Who trains its tokenizer. */
  public TokenizerProvider provider(Plugins plugins) {
    return plugins.trainable(tokenizer);
  }

  /** The settings as the plugin reads them. */
  public Settings settings(Plugins plugins) {
    return Settings.of(plugins.tokenizer(tokenizer).settings(), settings);
  }

  /**
   * Looks whether its settings fit each other and the images.
   *
   * @param imageSize that of the dataset's images
   * @throws UsageException if they do not
   */
  public void check(Plugins plugins, ImageSize imageSize) {
    ask(
        plugins,
        (provider, own) -> {
          provider.check(own, imageSize);
          checkGenerator(plugins);
          return provider.trunk(own);
        });
  }

  private void checkGenerator(Plugins plugins) {
    if (generation != null) {
      GeneratorProvider provider = plugins.generator(generation.generator());
      provider.check(Settings.of(provider.settings(), generation.settings()));
    }
  }

  /** The trunk it begins from, where its settings ask for one. */
  public Optional<Trunk> trunk(Plugins plugins) {
    return ask(plugins, TokenizerProvider::trunk);
  }

  /** Whether its loss has a perceptual part. */
  public boolean perceptual(Plugins plugins) {
    return ask(plugins, TokenizerProvider::perceptual);
  }

  /** Its sub-codebooks that learn from a vision model. */
  public TeacherRequirements teacherRequirements(Plugins plugins) {
    return ask(plugins, TokenizerProvider::teacherRequirements);
  }

  private <T> T ask(Plugins plugins, BiFunction<TokenizerProvider, Settings, T> question) {
    TokenizerProvider provider = provider(plugins);
    try {
      return question.apply(provider, settings(plugins));
    } catch (UsageException e) {
      throw new UsageException(method + ": " + e.getMessage(), e);
    }
  }
}
