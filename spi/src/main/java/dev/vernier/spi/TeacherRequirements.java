package dev.vernier.spi;

import java.util.List;
import java.util.stream.Stream;

/**
 * The sub-codebooks of a tokenizer that learn from a frozen vision model, their teacher, by name.
 *
 * @param required those that cannot be trained without a teacher
 * @param optional those that learn from a teacher only where the user names one for them
 */
public record TeacherRequirements(List<String> required, List<String> optional) {
  /** Nothing learns from a vision model. */
  public static final TeacherRequirements NONE = new TeacherRequirements(List.of(), List.of());

  /** Copies the lists. */
  public TeacherRequirements {
    required = List.copyOf(required);
    optional = List.copyOf(optional);
  }

  /** The names of all, the required ones first. */
  public List<String> names() {
    return Stream.concat(required.stream(), optional.stream()).toList();
  }
}
