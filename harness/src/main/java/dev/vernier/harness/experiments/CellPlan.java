package dev.vernier.harness.experiments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vernier.harness.hashing.ContentHash;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.records.Given;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Provider;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TeacherRequirements;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Trunk;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A cell before it has run: all that decides its numbers, and nothing else, so it can run anywhere.
 *
 * @param id hash of everything below and of what the run shares; names its folder
 * @param method what legends call it
 * @param tokenizer name of the plugin, or what {@link GivenMethod} has in its place
 * @param settings every setting of the plugin after defaults
 * @param training steps, batch size and what else decides its numbers that the run says
 * @param given what the run takes as it is; null where it trains
 * @param seed the seed; of a given tokenizer, which has none, the run's first
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
    Given given,
    long seed,
    GenerationPlan generation) {
  /** Name in {@link #training} of the hash of the trunk that the cell begins from. */
  public static final String TRUNK = "trunk";

  private static final int ID_LENGTH = 12;

  /** A cell of a tokenizer that is trained. */
  public CellPlan(
      String id,
      String method,
      String tokenizer,
      Map<String, String> settings,
      Map<String, String> training,
      long seed) {
    this(id, method, tokenizer, settings, training, null, seed, null);
  }

  /**
   * A cell with its identity. Of what is given the content is part of it, and neither its place nor
   * the seed, which it has none of.
   *
   * @param given null where it is trained
   * @param shared what the run adds to the cell's identity: dataset, features, what is measured
   */
  static CellPlan of(
      String method,
      String tokenizer,
      Map<String, String> settings,
      Map<String, String> training,
      Given given,
      long seed,
      Map<String, String> shared) {
    Object source = given == null ? seed : given.hash();
    String id = id(method, tokenizer, settings, training, source, shared);
    return new CellPlan(id, method, tokenizer, settings, training, given, seed, null);
  }

  /** A hash of what tells a cell from others; the order of what is in a map does not. */
  private static String id(Object... parts) {
    String identity =
        Arrays.stream(parts)
            .map(part -> part instanceof Map<?, ?> map ? new TreeMap<>(map) : part)
            .map(Object::toString)
            .collect(Collectors.joining("\n"));
    return new ContentHash().add(identity).hexadecimal().substring(0, ID_LENGTH);
  }

  /**
   * A cell that generates on the tokenizer of this one; ids of cells say all that is in these, but
   * for the seed where the tokenizer has none.
   */
  CellPlan generating(String name, long seeded, GenerationPlan plan, Map<String, String> shared) {
    List<Object> parts =
        new ArrayList<>(
            List.of(
                name,
                plan.inputs(),
                plan.generator(),
                plan.settings(),
                plan.training(),
                plan.sampling(),
                shared));
    if (given != null) {
      parts.add(seeded);
    }
    return new CellPlan(
        id(parts.toArray()), name, tokenizer, settings, training, given, seeded, plan);
  }

  /** Ids of the cells that have to be done before. */
  public List<String> inputs() {
    return generation == null ? List.of() : generation.inputs();
  }

  /** The same beginning from a trunk of this hash. */
  CellPlan beginningFrom(String hash, Map<String, String> shared) {
    Map<String, String> from = new LinkedHashMap<>(training);
    from.put(TRUNK, hash);
    return of(method, tokenizer, settings, from, given, seed, shared);
  }

  /** Who trains its tokenizer. */
  public TokenizerProvider provider(Plugins plugins) {
    return plugins.trainable(tokenizer);
  }

  /** The settings as the plugin reads them. */
  public Settings settings(Plugins plugins) {
    return Settings.of(plugins.tokenizer(tokenizer).settings(), settings);
  }

  /** Whether nothing is trained for it: its tokenizer is given, and it generates nothing. */
  public boolean untrained() {
    return given != null && generation == null;
  }

  /**
   * Where lies what is given.
   *
   * @throws UsageException if it is not there any more, or another than was planned
   */
  public Path givenPath() throws IOException {
    Path path = Path.of(given.path());
    if (!Files.exists(path)) {
      throw new UsageException("the " + given.words() + " are gone: restore them");
    }
    String now = GivenMethod.hash(given.kind(), given.path(), given.beside());
    if (!now.equals(given.hash())) {
      throw new UsageException(
          "the "
              + given.words()
              + " have changed since the run began: their SHA-256 is "
              + now
              + ", it was "
              + given.hash()
              + ": restore them, or begin a new run");
    }
    return path;
  }

  /** Steps of its tokenizer's training. */
  private long steps() {
    return Long.parseLong(training.get(RunOptions.STEPS.name()));
  }

  /** Images a step of its tokenizer's training. */
  private int batchSize() {
    return Integer.parseInt(training.get(RunOptions.BATCH_SIZE.name()));
  }

  /** Whether it has images that were made elsewhere in place of a tokenizer. */
  public boolean reconstructed() {
    return given != null && given.kind() == Given.Kind.RECONSTRUCTIONS;
  }

  /** What its reconstructions do not say. */
  public ReconstructionOrigin origin() {
    return ReconstructionOrigin.of(settings);
  }

  /** What the weights of its tokenizer are. */
  public SavedTokenizer saved() {
    return new SavedTokenizer(tokenizer, settings);
  }

  /**
   * Looks whether its settings fit each other, the images, and the steps and batches of training.
   *
   * @param imageSize that of the dataset's images
   * @throws UsageException if they do not
   */
  public void check(Plugins plugins, ImageSize imageSize) {
    ask(
        plugins,
        Optional.empty(),
        (provider, own) -> {
          provider.check(own, imageSize);
          provider.checkSteps(own, steps());
          provider.checkBatch(own, imageSize, batchSize());
          return provider.trunk(own);
        });
    if (generation != null) {
      GeneratorProvider provider = plugins.generator(generation.generator());
      try {
        Settings own = Settings.of(provider.settings(), generation.settings());
        provider.check(own);
        if (generation.guided()) {
          provider.checkGuidance(own);
        }
      } catch (UsageException e) {
        throw named(e);
      }
      checkDrawing(ask(plugins, List.of(), TokenizerProvider::subCodebooks));
      foreseen(plugins, imageSize).ifPresent(each -> checkBatch(plugins, each));
    }
  }

  /** The tokenizer that will be trained, where its codes are known beforehand. */
  private Optional<TokenizerSpec> foreseen(Plugins plugins, ImageSize imageSize) {
    return ask(
        plugins,
        Optional.empty(),
        (provider, own) -> {
          List<SubCodebook> books = provider.subCodebooks(own);
          int factor = provider.downsampling(own);
          return books.isEmpty() || factor == 0 || !imageSize.isMultipleOf(factor)
              ? Optional.empty()
              : Optional.of(new TokenizerSpec(tokenizer, imageSize, factor, books, 0, 0));
        });
  }

  /**
   * Looks whether a generator can be trained on batches of a tokenizer's codes; nothing is looked
   * at where none is trained, or codes lie on no grid.
   *
   * @param spec of its tokenizer, as far as that is known
   * @throws UsageException if it cannot
   */
  public void checkBatch(Plugins plugins, TokenizerSpec spec) {
    if (generation != null && generation.trains() && spec.downsampling() > 0) {
      GeneratorProvider provider = plugins.generator(generation.generator());
      try {
        provider.checkBatch(
            Settings.of(provider.settings(), generation.settings()),
            spec,
            Integer.parseInt(generation.training().get(RunOptions.GENERATOR_BATCH_SIZE.name())));
      } catch (UsageException e) {
        throw named(e);
      }
    }
  }

  /**
   * Looks whether what it draws can be drawn from sub-codebooks; nothing is looked at where it
   * draws nothing.
   *
   * @param subCodebooks of its tokenizer; empty where nobody knows them yet
   * @throws UsageException if it cannot
   */
  public void checkDrawing(List<SubCodebook> subCodebooks) {
    if (generation != null && !generation.trains() && !subCodebooks.isEmpty()) {
      try {
        SamplingOptions.of(generation.sampling()).of(subCodebooks, seed);
      } catch (UsageException e) {
        throw named(e);
      }
    }
  }

  /** What is wrong with it, under the name of its method. */
  public UsageException named(UsageException wrong) {
    return new UsageException(method + ": " + wrong.getMessage(), wrong);
  }

  /** The trunk it begins from, where its settings ask for one. */
  public Optional<Trunk> trunk(Plugins plugins) {
    return ask(plugins, Optional.empty(), TokenizerProvider::trunk);
  }

  /** Whether its loss has a perceptual part. */
  public boolean perceptual(Plugins plugins) {
    return ask(plugins, false, TokenizerProvider::perceptual);
  }

  /** Its sub-codebooks that learn from a vision model. */
  public TeacherRequirements teacherRequirements(Plugins plugins) {
    return ask(plugins, TeacherRequirements.NONE, TokenizerProvider::teacherRequirements);
  }

  /** Whose tokenizer it has; empty where that is nobody's, as of ONNX files. */
  public Optional<Provider> tokenizerProvider(Plugins plugins) {
    boolean named = given == null || given.kind() == Given.Kind.WEIGHTS;
    return named ? Optional.of(plugins.tokenizer(tokenizer)) : Optional.empty();
  }

  /**
   * Asks who trains its tokenizer.
   *
   * @param untrained the answer where nobody does
   */
  private <T> T ask(
      Plugins plugins, T untrained, BiFunction<TokenizerProvider, Settings, T> question) {
    if (given != null) {
      return untrained;
    }
    TokenizerProvider provider = provider(plugins);
    try {
      return question.apply(provider, settings(plugins));
    } catch (UsageException e) {
      throw named(e);
    }
  }
}
