package dev.vernier.harness.experiments;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a cell generates with. One cell trains a generator on the codes of a tokenizer's cell;
 * others draw images from it, one for each way to draw them.
 *
 * @param tokenizerCell id of the cell whose tokenizer it stands on
 * @param generatorCell id of the cell whose generator it draws from; null where it trains its own
 * @param generator name of the plugin
 * @param settings every setting of the plugin after defaults
 * @param training steps, batch size and crops of the generator
 * @param sampling every option of {@link SamplingOptions}; empty where it draws nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GenerationPlan(
    String tokenizerCell,
    String generatorCell,
    String generator,
    Map<String, String> settings,
    Map<String, String> training,
    Map<String, String> sampling) {
  /** Ids of the cells that have to be done before. */
  @JsonIgnore
  public List<String> inputs() {
    return Stream.of(tokenizerCell, generatorCell).filter(each -> each != null).toList();
  }

  /** Whether it trains a generator. */
  @JsonIgnore
  public boolean trains() {
    return generatorCell == null;
  }

  /** Whether it draws with guidance. */
  @JsonIgnore
  public boolean guided() {
    return !trains() && SamplingOptions.of(sampling).isGuided();
  }
}
