package dev.vernier.tokenizers.fq;

import dev.vernier.autoencoder.AutoencoderTokenizer;
import dev.vernier.autoencoder.PublishedCheckpoint;
import dev.vernier.quantize.VectorQuantizer;
import dev.vernier.spi.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One of the published members of the family, which have a fixed number of branches. */
abstract class PublishedFqgan extends FqganFamily {
  private static final String HEADS = "8";
  private static final Predicate<String> QUANTIZER =
      Pattern.compile("quantize_\\w+\\.embedding\\.weight").asMatchPredicate();

  private final int branches;

  PublishedFqgan(int branches) {
    this.branches = branches;
  }

  @Override
  int branches(Settings settings) {
    return branches;
  }

  @Override
  public Map<String, String> published(Path weights) throws IOException {
    return AutoencoderTokenizer.settingsOf(weights, this::published);
  }

  private Map<String, String> published(PublishedCheckpoint file) {
    List<Branch> expected = Branch.of(branches);
    long quantizers = file.names().stream().filter(QUANTIZER).count();
    Map<String, String> first = VectorQuantizer.published(file, expected.get(0).quantizer());
    if (first.isEmpty() || quantizers != branches) {
      return Map.of();
    }
    int layers = 0;
    String adapter = "encoder." + expected.get(0).adapter() + ".0.transformer.";
    while (file.names().contains(adapter + layers + ".ln_1.weight")) {
      layers++;
    }
    Map<String, String> settings = new LinkedHashMap<>(first);
    settings.put("adapter-layers", String.valueOf(layers));
    settings.put("adapter-heads", HEADS);
    return settings;
  }
}
