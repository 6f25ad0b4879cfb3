package dev.vernier.spi;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The value of every setting of one plugin: those given, and the defaults of the rest. Immutable.
 */
public final class Settings {
  private final Map<String, Setting<?>> schema;
  private final Map<String, Object> values;

  private Settings(Map<String, Setting<?>> schema, Map<String, Object> values) {
    this.schema = schema;
    this.values = values;
  }

  /** The defaults of a plugin. */
  public static Settings defaults(List<Setting<?>> schema) {
    return of(schema, Map.of());
  }

  /**
   * The given values over the defaults.
   *
   * @param schema the plugin's settings
   * @param given text by setting name
   * @throws UsageException if a name is unknown (the message names the nearest) or a value is wrong
   */
  public static Settings of(List<Setting<?>> schema, Map<String, String> given) {
    Map<String, Setting<?>> byName =
        schema.stream()
            .collect(
                Collectors.toMap(
                    Setting::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    Map<String, Object> values = new LinkedHashMap<>();
    byName.forEach((name, setting) -> values.put(name, setting.defaultValue()));
    given.forEach(
        (name, text) -> {
          Setting<?> setting = byName.get(name);
          if (setting == null) {
            throw UsageException.ofSetting(
                name, NearestName.unknown("setting", name, byName.keySet()));
          }
          values.put(name, setting.parse(text));
        });
    return new Settings(byName, values);
  }

  /**
   * The value of a setting.
   *
   * @throws IllegalArgumentException if the plugin has no such setting
   */
  @SuppressWarnings("unchecked") // values only ever holds what the setting of that name parsed
  public <T> T get(Setting<T> setting) {
    return (T) value(setting.name());
  }

  Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no setting " + name + " among " + values.keySet());
    }
    return value;
  }

  /**
   * A record of values.
   *
   * @param type whose components are {@link Declared}
   * @param others values of the components that are no settings, in their order
   * @throws UsageException if the record's constructor does, since values do not fit each other
   * @throws IllegalArgumentException if the plugin lacks a setting of the record
   */
  public <R extends Record> R bind(Class<R> type, Object... others) {
    Iterator<Object> each = List.of(others).iterator();
    R bound = new DeclaredRecord<>(type).bind(this, each);
    if (each.hasNext()) {
      throw new IllegalArgumentException(type + " has no component for " + each.next());
    }
    return bound;
  }

  /** The text of a setting by name, if there is such a setting. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(asText().get(name));
  }

  /** Every setting as text, in the order the plugin declares them; {@link #of} reads it back. */
  public Map<String, String> asText() {
    Map<String, String> text = new LinkedHashMap<>();
    schema.forEach((name, setting) -> text.put(name, format(setting, values.get(name))));
    return Collections.unmodifiableMap(text);
  }

  /** The names of all settings. */
  public Collection<String> names() {
    return schema.keySet();
  }

  @SuppressWarnings("unchecked") // as in get
  private static <T> String format(Setting<T> setting, Object value) {
    return setting.format((T) value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && settings.asText().equals(asText());
  }

  @Override
  public int hashCode() {
    return asText().hashCode();
  }

  @Override
  public String toString() {
    return asText().toString();
  }
}
