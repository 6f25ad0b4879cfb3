package dev.vernier.reports.html;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the numbers of a page come from.
 *
 * @param commands what the user typed for these numbers
 * @param skipped what is not there, and why
 * @param notes what runs said of cells
 * @param settings what decided the numbers
 * @param environment code, machines and times
 * @param protocols how each number was computed
 */
public record Origin(
    List<String> commands,
    List<String> skipped,
    List<String> notes,
    List<Pairs> settings,
    List<Pairs> environment,
    List<Pairs> protocols) {
  /** Copies the lists. */
  public Origin {
    commands = List.copyOf(commands);
    skipped = List.copyOf(skipped);
    notes = List.copyOf(notes);
    settings = List.copyOf(settings);
    environment = List.copyOf(environment);
    protocols = List.copyOf(protocols);
  }

  /**
   * Names and values.
   *
   * @param id of their element; null where nothing links to it
   * @param name what they are
   * @param values in their order
   */
  public record Pairs(String id, String name, Map<String, String> values) {
    /** Copies the map. */
    public Pairs {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }
}
