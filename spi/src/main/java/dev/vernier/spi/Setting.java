package dev.vernier.spi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One typed setting of a plugin: its name, default, bounds, and what it means. Values are written
 * as text ({@code --set name=value}, YAML) and read back through {@link #parse(String)}; {@code
 * parse(format(value))} gives the value back.
 *
 * @param <T> the type of the value: {@code Integer}, {@code Long}, {@code Double}, {@code Boolean},
 *     {@code String}, {@code ImageSize} or a list of integers or numbers
 */
public final class Setting<T> {
  /** Digits of the longest number that {@link #remedy} looks at. */
  private static final int LONGEST_NUMBER = 18;

  private static final String NUMBERS = "numbers";

  /** Separates integers. */
  static final String COMMA = ",";

  /** Separates numbers. */
  static final String SLASH = "/";

  private final String name;
  private final String kind;
  private final T defaultValue;
  private final String description;
  private final String bounds;
  private final Function<String, T> reader;
  private final Function<T, Boolean> within;
  private final Map<String, String> scales;

  private Setting(
      String name,
      String kind,
      T defaultValue,
      String description,
      String bounds,
      Function<String, T> reader,
      Function<T, Boolean> within) {
    this(name, kind, defaultValue, description, bounds, reader, within, Map.of());
  }

  private Setting(
      String name,
      String kind,
      T defaultValue,
      String description,
      String bounds,
      Function<String, T> reader,
      Function<T, Boolean> within,
      Map<String, String> scales) {
    this.name = Objects.requireNonNull(name);
    this.kind = kind;
    this.defaultValue = Objects.requireNonNull(defaultValue);
    this.description = Objects.requireNonNull(description);
    this.bounds = bounds;
    this.reader = reader;
    this.within = within;
    this.scales = scales;
    if (!within.apply(defaultValue)) {
      throw new IllegalArgumentException(
          "the default " + defaultValue + " of setting " + name + " is outside " + bounds);
    }
    scales.values().forEach(this::parse);
  }

  /**
   * The settings that records declare, in the order of their components.
   *
   * @see Declared
   */
  @SafeVarargs
  public static List<Setting<?>> of(Class<? extends Record>... records) {
    List<Setting<?>> all = new ArrayList<>();
    for (Class<? extends Record> each : records) {
      all.addAll(new DeclaredRecord<>(each).settings());
    }
    return List.copyOf(all);
  }

  /** A whole number from {@code low} to {@code high}, both included. */
  public static Setting<Integer> integer(
      String name, int defaultValue, int low, int high, String description) {
    return new Setting<>(
        name,
        "integer",
        defaultValue,
        description,
        low + " to " + high,
        Integer::valueOf,
        value -> value >= low && value <= high);
  }

  /** A number from {@code low} to {@code high}, both included. */
  public static Setting<Double> number(
      String name, double defaultValue, double low, double high, String description) {
    return new Setting<>(
        name,
        "number",
        defaultValue,
        description,
        low + " to " + high,
        Double::valueOf,
        value -> value >= low && value <= high);
  }

  /**
   * A size of images: the side of squares, or {@code HEIGHTxWIDTH}.
   *
   * @param low the least height and width
   * @param high the greatest, included
   */
  public static Setting<ImageSize> imageSize(
      String name, ImageSize defaultValue, int low, int high, String description) {
    return new Setting<>(
        name,
        "image size",
        defaultValue,
        description,
        low + " to " + high + ", or HEIGHTxWIDTH of such, as 54x96",
        ImageSize::parse,
        value ->
            Math.min(value.height(), value.width()) >= low
                && Math.max(value.height(), value.width()) <= high);
  }

  /** A switch: {@code true} or {@code false}. */
  public static Setting<Boolean> flag(String name, boolean defaultValue, String description) {
    return new Setting<>(
        name, "flag", defaultValue, description, "true or false", Setting::readFlag, value -> true);
  }

  /** One of a few words. */
  public static Setting<String> choice(
      String name, String defaultValue, List<String> choices, String description) {
    return new Setting<>(
        name,
        "choice",
        defaultValue,
        description,
        "one of " + String.join(", ", choices),
        text -> text,
        choices::contains);
  }

  /** Free text, such as the path of a file; empty where nothing is set. */
  public static Setting<String> text(String name, String defaultValue, String description) {
    return new Setting<>(
        name, "text", defaultValue, description, "any text", text -> text, value -> true);
  }

  /** Whole numbers separated by commas, each from {@code low} to {@code high}. */
  public static Setting<List<Integer>> integers(
      String name, List<Integer> defaultValue, int low, int high, String description) {
    return new Setting<>(
        name,
        "integers",
        List.copyOf(defaultValue),
        description,
        "comma-separated, each " + low + " to " + high,
        text -> parts(text, COMMA, Integer::valueOf),
        value -> !value.isEmpty() && value.stream().allMatch(each -> each >= low && each <= high));
  }

  /**
   * Numbers separated by slashes, each from {@code low} to {@code high}: a comma separates the
   * values that an experiment tries one after the other.
   */
  public static Setting<List<Double>> numbers(
      String name, List<Double> defaultValue, double low, double high, String description) {
    return new Setting<>(
        name,
        NUMBERS,
        List.copyOf(defaultValue),
        description,
        low + " to " + high + ", or several of such separated by slashes",
        text -> parts(text, SLASH, Double::valueOf),
        value -> !value.isEmpty() && value.stream().allMatch(each -> each >= low && each <= high));
  }

  /** What a text holds between separators. */
  static <T> List<T> parts(String text, String separator, Function<String, T> reader) {
    return Arrays.stream(text.split(separator, -1)).map(String::strip).map(reader).toList();
  }

  private static Boolean readFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** The same setting with another default, for a preset. */
  public Setting<T> withDefault(T value) {
    return new Setting<>(name, kind, value, description, bounds, reader, within, scales);
  }

  /**
   * The same setting with other values at scales.
   *
   * @param values as a user would write them, by scale
   * @throws UsageException if one cannot be read or is outside the bounds
   */
  public Setting<T> withScales(Map<String, String> values) {
    return new Setting<>(
        name, kind, defaultValue, description, bounds, reader, within, Map.copyOf(values));
  }

  /**
   * The same settings, some of them with other values at a scale: what a family adds to settings
   * that it has in common with others.
   *
   * @param scale its name
   * @param values as a user would write them, by setting
   * @throws UsageException if one cannot be read or is outside the bounds
   * @throws IllegalArgumentException if there is no such setting
   */
  public static List<Setting<?>> atScale(
      List<Setting<?>> settings, String scale, Map<String, String> values) {
    Set<String> unknown = new HashSet<>(values.keySet());
    settings.forEach(each -> unknown.remove(each.name()));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("there is no setting " + unknown);
    }
    return settings.stream()
        .<Setting<?>>map(
            each ->
                values.containsKey(each.name()) ? each.with(scale, values.get(each.name())) : each)
        .toList();
  }

  private Setting<T> with(String scale, String text) {
    Map<String, String> changed = new HashMap<>(scales);
    changed.put(scale, text);
    return withScales(changed);
  }

  /** The value that a scale of experiments has in place of the default, as a user writes it. */
  public Optional<String> at(String scale) {
    return Optional.ofNullable(scales.get(scale));
  }

  /** The name: lower-case words joined by hyphens. */
  public String name() {
    return name;
  }

  /**
   * What sort of value it takes: integer, number, flag, choice, text, image size, integers or
   * numbers.
   */
  public String kind() {
    return kind;
  }

  /** The value when nothing else is given. */
  public T defaultValue() {
    return defaultValue;
  }

  /** What it means, and where the default comes from. */
  public String description() {
    return description;
  }

  /** The allowed values, in words. */
  public String bounds() {
    return bounds;
  }

  /**
   * Reads a value.
   *
   * @throws UsageException if the text is no such value or outside the bounds
   */
  public T parse(String text) {
    try {
      T value = reader.apply(text.strip());
      if (within.apply(value)) {
        return value;
      }
    } catch (IllegalArgumentException | UsageException e) {
      // The one message below serves both a value that cannot be read and one outside the bounds.
    }
    throw UsageException.ofSetting(
        name,
        "setting "
            + name
            + " cannot be '"
            + text
            + "': it takes "
            + bounds
            + " (default "
            + format(defaultValue)
            + ")"
            + remedy(text));
  }

  /** What to write in place of a whole number that is written otherwise, such as 16.0 or 1_024. */
  private String remedy(String text) {
    if (!kind.equals("integer") && !kind.equals("image size")) {
      return "";
    }
    try {
      String plain = text.strip().replace("_", "");
      BigDecimal number =
          plain.startsWith("0x")
              ? BigDecimal.valueOf(Long.decode(plain))
              : new BigDecimal(plain).stripTrailingZeros();
      if (number.precision() - number.scale() > LONGEST_NUMBER) {
        return "";
      }
      String written = number.toBigIntegerExact().toString();
      return within.apply(reader.apply(written)) ? ": write " + written : "";
    } catch (IllegalArgumentException | ArithmeticException | UsageException e) {
      return "";
    }
  }

  /** The value as text that {@link #parse(String)} reads. */
  public String format(T value) {
    if (value instanceof List<?> list) {
      String separator = kind.equals(NUMBERS) ? SLASH : COMMA;
      return list.stream().map(String::valueOf).collect(Collectors.joining(separator));
    }
    return value instanceof ImageSize size ? size.text() : String.valueOf(value);
  }

  @Override
  public String toString() {
    return name + " = " + format(defaultValue) + " (" + bounds + ")";
  }
}
