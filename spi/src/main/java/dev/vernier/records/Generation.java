package dev.vernier.records;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vernier.spi.GeneratorSpec;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a cell generates with, on top of the tokenizer of another cell.
 *
 * @param generator name of the plugin
 * @param settings every setting of the plugin after defaults, as text
 * @param training steps, batch size and crops of the generator, as text
 * @param sampling how images were drawn, as text; empty where the generator was trained only
 * @param inputs hashes of what it stands on, by name: the tokenizer's weights, the codes that it
 *     was trained on, or the generator's weights
 * @param spec what the generator is; null if the cell failed before it was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Generation(
    String generator,
    Map<String, String> settings,
    Map<String, String> training,
    Map<String, String> sampling,
    Map<String, String> inputs,
    GeneratorSpec spec) {
  /** Name in {@link #inputs} of the tokenizer's weights. */
  public static final String TOKENIZER = "tokenizer";

  /** Name in {@link #inputs} of the generator's weights, where images were drawn from them. */
  public static final String GENERATOR = "generator";

  /** Copies the maps, that of inputs sorted by name; absent ones become empty. */
  public Generation {
    settings = Cell.ordered(settings);
    training = Cell.ordered(training);
    sampling = Cell.ordered(sampling);
    inputs = inputs == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(inputs));
  }

  /** Sub-tokens of one image; empty where the generator was not made. */
  public Optional<Integer> subTokensPerImage() {
    return Optional.ofNullable(spec)
        .map(each -> each.subCodebooks().size() * each.gridHeight() * each.gridWidth());
  }
}
