package dev.vernier.harness.plugins;

import dev.vernier.records.ReportRenderer;
import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.FeatureExtractorProvider;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.PerceptualDistanceProvider;
import dev.vernier.spi.Provider;
import dev.vernier.spi.TokenizerLoader;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All plugins there are, by kind and name. Immutable. */
public final class Plugins {
  private final Map<String, TokenizerLoader> tokenizers;
  private final Map<String, GeneratorProvider> generators;
  private final Map<String, DatasetProvider> datasets;
  private final Map<String, FeatureExtractorProvider> features;
  private final Map<String, PerceptualDistanceProvider> distances;
  private final Map<String, ReportRenderer> renderers;
  private final List<String> remarks;

  private Plugins(List<PluginSource> sources) {
    tokenizers =
        byName("tokenizer", List.of(TokenizerProvider.class, TokenizerLoader.class), sources);
    generators = byName("generator", GeneratorProvider.class, sources);
    datasets = byName("dataset", DatasetProvider.class, sources);
    features = byName("feature extractor", FeatureExtractorProvider.class, sources);
    distances = byName("perceptual distance", PerceptualDistanceProvider.class, sources);
    renderers = byName("report renderer", ReportRenderer.class, sources);
    remarks = sources.stream().flatMap(each -> each.idleness().stream()).toList();
  }

  /**
   * Looks on the class path and in the jars of a folder.
   *
   * @param folder may be missing, then there are no further jars
   * @throws UsageException if a plugin cannot be used; the message names its jar
   */
  public static Plugins discover(Path folder) throws IOException {
    List<PluginSource> sources = new ArrayList<>();
    sources.add(PluginSource.classPath());
    for (Path jar : jars(folder)) {
      sources.add(PluginSource.jar(jar));
    }
    return new Plugins(sources);
  }

  /**
   * The jars of a folder, by name.
   *
   * @param folder may be missing, then there are none
   */
  public static List<Path> jars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> each.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static <P extends Provider> Map<String, P> byName(
      String kind, Class<P> type, List<PluginSource> sources) {
    return byName(kind, List.of(type), sources);
  }

  private static <P extends Provider> Map<String, P> byName(
      String kind, List<Class<? extends P>> types, List<PluginSource> sources) {
    Map<String, P> found = new TreeMap<>();
    Map<String, String> origins = new TreeMap<>();
    for (PluginSource source : sources) {
      List<P> providers = new ArrayList<>();
      types.forEach(type -> providers.addAll(source.load(type)));
      for (P provider : providers) {
        String name = provider.name();
        String origin = PluginSource.origin(provider.getClass());
        if (found.putIfAbsent(name, provider) != null) {
          throw new UsageException(
              "two plugins offer the "
                  + kind
                  + " '"
                  + name
                  + "': "
                  + origins.get(name)
                  + " and "
                  + origin
                  + "; remove or rename one of them");
        }
        origins.put(name, origin);
      }
    }
    return Collections.unmodifiableMap(found);
  }

  /** All tokenizers, by name. */
  public Collection<TokenizerLoader> tokenizers() {
    return tokenizers.values();
  }

  /** A tokenizer by name, to load it. */
  public TokenizerLoader tokenizer(String name) {
    return named("tokenizer", name, tokenizers);
  }

  /**
   * A tokenizer by name, to train it.
   *
   * @throws UsageException if it can only be loaded
   */
  public TokenizerProvider trainable(String name) {
    if (tokenizer(name) instanceof TokenizerProvider provider) {
      return provider;
    }
    throw new UsageException(
        "the tokenizer "
            + name
            + " cannot be trained: measure its weights with 'vernier eval', or as 'weights' of a method");
  }

  /** A generator by name. */
  public GeneratorProvider generator(String name) {
    return named("generator", name, generators);
  }

  /** A dataset kind by name. */
  public DatasetProvider dataset(String name) {
    return named("dataset", name, datasets);
  }

  /** A feature extractor by name. */
  public FeatureExtractorProvider features(String name) {
    return named("feature extractor", name, features);
  }

  /** The extractor whose nets teach where the user gives none. */
  public FeatureExtractorProvider defaultTeacher() {
    return sole(
        "feature extractor that teaches by default",
        features.values().stream().filter(FeatureExtractorProvider::teachesByDefault).toList());
  }

  /** The extractor that opens teachers which the user gives. */
  public FeatureExtractorProvider teachers() {
    return sole(
        "feature extractor that opens teachers",
        features.values().stream().filter(each -> each.teacherFile().isPresent()).toList());
  }

  /** The perceptual distance. */
  public PerceptualDistanceProvider distance() {
    return sole("perceptual distance", List.copyOf(distances.values()));
  }

  private static <P extends Provider> P sole(String kind, List<P> candidates) {
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    String names = candidates.stream().map(Provider::name).collect(Collectors.joining(", "));
    throw new UsageException(
        candidates.isEmpty()
            ? "there is no " + kind + ": add a plugin that has one"
            : "there is more than one " + kind + ", " + names + ": remove all but one");
  }

  private static <P> P named(String kind, String name, Map<String, P> known) {
    P provider = known.get(name);
    if (provider == null) {
      throw new UsageException(
          NearestName.unknown(kind, name, known.keySet())
              + "; one of a plugin needs --plugins, the folder of its jar");
    }
    return provider;
  }

  /** All report renderers. */
  public Collection<ReportRenderer> renderers() {
    return renderers.values();
  }

  /** What is odd about the places where plugins were looked for, a line each. */
  public List<String> remarks() {
    return remarks;
  }

  /** All plugins, by the name of their kind as lists show it. */
  public Map<String, Collection<? extends Provider>> all() {
    Map<String, Collection<? extends Provider>> kinds = new LinkedHashMap<>();
    kinds.put("tokenizers", tokenizers.values());
    kinds.put("generators", generators.values());
    kinds.put("datasets", datasets.values());
    kinds.put("feature extractors", features.values());
    kinds.put("perceptual distances", distances.values());
    kinds.put("report renderers", renderers.values());
    return kinds;
  }
}
