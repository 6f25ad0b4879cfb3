package dev.vernier.spi;

import java.util.List;
import java.util.stream.Stream;

/**
 * The sub-codebooks of a tokenizer that learn from a frozen vision model, by name.
 *
 * @param always those that learn whenever the tokenizer is trained
 * @param onRequest those that learn only from a teacher that the user names them
 */
public record Pupils(List<String> always, List<String> onRequest) {
  /** Nothing learns from a vision model. */
  public static final Pupils NONE = new Pupils(List.of(), List.of());

  /** Copies the lists. */
  public Pupils {
    always = List.copyOf(always);
    onRequest = List.copyOf(onRequest);
  }

  /** The names of all, those that always learn first. */
  public List<String> names() {
    return Stream.concat(always.stream(), onRequest.stream()).toList();
  }
}
