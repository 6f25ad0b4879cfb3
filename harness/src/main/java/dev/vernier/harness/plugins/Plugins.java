package dev.vernier.harness.plugins;

import dev.vernier.records.ReportRenderer;
import dev.vernier.spi.DatasetProvider;
import dev.vernier.spi.FeatureExtractorProvider;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.PerceptualDistanceProvider;
import dev.vernier.spi.Provider;
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
import java.util.stream.Stream;

/** All plugins there are, by kind and name. Immutable. */
public final class Plugins {
  private final Map<String, TokenizerProvider> tokenizers;
  private final Map<String, GeneratorProvider> generators;
  private final Map<String, DatasetProvider> datasets;
  private final Map<String, FeatureExtractorProvider> features;
  private final Map<String, PerceptualDistanceProvider> distances;
  private final Map<String, ReportRenderer> renderers;

  private Plugins(List<PluginSource> sources) {
    tokenizers = byName("tokenizer", TokenizerProvider.class, sources);
    generators = byName("generator", GeneratorProvider.class, sources);
    datasets = byName("dataset", DatasetProvider.class, sources);
    features = byName("feature extractor", FeatureExtractorProvider.class, sources);
    distances = byName("perceptual distance", PerceptualDistanceProvider.class, sources);
    renderers = byName("report renderer", ReportRenderer.class, sources);
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
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path jar : files.filter(each -> each.toString().endsWith(".jar")).sorted().toList()) {
          sources.add(PluginSource.jar(jar));
        }
      }
    }
    return new Plugins(sources);
  }

  private static <P extends Provider> Map<String, P> byName(
      String kind, Class<P> type, List<PluginSource> sources) {
    Map<String, P> found = new TreeMap<>();
    Map<String, String> origins = new TreeMap<>();
    for (PluginSource source : sources) {
      for (P provider : source.load(type)) {
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
                  + "; remove one of them");
        }
        origins.put(name, origin);
      }
    }
    return Collections.unmodifiableMap(found);
  }

  /** All tokenizers, by name. */
  public Collection<TokenizerProvider> tokenizers() {
    return tokenizers.values();
  }

  /** A tokenizer by name. */
  public TokenizerProvider tokenizer(String name) {
    return named("tokenizer", name, tokenizers);
  }

  /** A dataset kind by name. */
  public DatasetProvider dataset(String name) {
    return named("dataset", name, datasets);
  }

  /** A feature extractor by name. */
  public FeatureExtractorProvider features(String name) {
    return named("feature extractor", name, features);
  }

  /** A perceptual distance by name. */
  public PerceptualDistanceProvider distance(String name) {
    return named("perceptual distance", name, distances);
  }

  private static <P> P named(String kind, String name, Map<String, P> known) {
    P provider = known.get(name);
    if (provider == null) {
      throw new UsageException(NearestName.unknown(kind, name, known.keySet()));
    }
    return provider;
  }

  /** All report renderers. */
  public Collection<ReportRenderer> renderers() {
    return renderers.values();
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
