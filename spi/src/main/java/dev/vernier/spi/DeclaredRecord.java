package dev.vernier.spi;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A record whose components are settings, by reflection.
 *
 * @param type components that are {@link Declared} are settings; those whose type is such a record
 *     stand for its settings; the others are none
 */
record DeclaredRecord<R>(Class<R> type) {
  /** The settings, in the order of the components. */
  List<Setting<?>> settings() {
    return components().<Setting<?>>flatMap(DeclaredRecord::settings).toList();
  }

  /**
   * The record of the values that settings have.
   *
   * @param others values of the components that are no settings, in their order
   * @throws UsageException if the record refuses the values
   */
  R bind(Settings values, Iterator<?> others) {
    List<Object> arguments = new ArrayList<>();
    components().forEach(each -> arguments.add(value(each, values, others)));
    Class<?>[] types = components().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(type + " cannot be made of settings", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made of settings", e);
    }
  }

  private Stream<RecordComponent> components() {
    return Arrays.stream(type.getRecordComponents());
  }

  private static boolean declares(Class<?> type) {
    return type.isRecord() && !new DeclaredRecord<>(type).settings().isEmpty();
  }

  private static Stream<Setting<?>> settings(RecordComponent component) {
    if (component.isAnnotationPresent(Declared.class)) {
      return Stream.of(setting(component).withScales(scales(component)));
    }
    Class<?> nested = component.getType();
    return nested.isRecord() ? new DeclaredRecord<>(nested).settings().stream() : Stream.empty();
  }

  private static Map<String, String> scales(RecordComponent component) {
    Declared declared = component.getAnnotation(Declared.class);
    Map<String, String> scales = new LinkedHashMap<>();
    scales.put("quick", declared.quick());
    scales.put("standard", declared.standard());
    scales.put("paper", declared.paper());
    scales.values().removeIf(String::isEmpty);
    return scales;
  }

  private static Setting<?> setting(RecordComponent component) {
    Declared declared = component.getAnnotation(Declared.class);
    String name = name(component);
    String text = declared.byDefault();
    int low = (int) declared.from();
    int high = (int) declared.to();
    String meaning = declared.meaning();
    Class<?> type = component.getType();
    if (type == int.class || type == long.class) {
      return Setting.integer(name, Integer.parseInt(text), low, high, meaning);
    }
    if (type == double.class) {
      double number = Double.parseDouble(text);
      return Setting.number(name, number, declared.from(), declared.to(), meaning);
    }
    if (type == boolean.class) {
      return Setting.flag(name, Boolean.parseBoolean(text), meaning);
    }
    if (type == ImageSize.class) {
      return Setting.imageSize(name, ImageSize.parse(text), low, high, meaning);
    }
    if (type == List.class) {
      return element(component) == Integer.class
          ? Setting.integers(
              name, Setting.parts(text, Setting.COMMA, Integer::valueOf), low, high, meaning)
          : Setting.numbers(
              name,
              Setting.parts(text, Setting.SLASH, Double::valueOf),
              declared.from(),
              declared.to(),
              meaning);
    }
    if (type.isEnum()) {
      List<String> words =
          Arrays.stream(type.getEnumConstants()).map(DeclaredRecord::word).toList();
      return Setting.choice(name, text, words, meaning);
    }
    if (type == String.class) {
      List<String> words = List.of(declared.choices());
      return words.isEmpty()
          ? Setting.text(name, text, meaning)
          : Setting.choice(name, text, words, meaning);
    }
    throw new IllegalArgumentException(component + " is of no type that a setting can have");
  }

  private static Type element(RecordComponent list) {
    return ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
  }

  private static String name(RecordComponent component) {
    String given = component.getAnnotation(Declared.class).name();
    return given.isEmpty()
        ? component.getName().replaceAll("\\B(?=[A-Z])", "-").toLowerCase(Locale.ROOT)
        : given;
  }

  private static Object value(RecordComponent component, Settings values, Iterator<?> others) {
    Class<?> type = component.getType();
    if (!component.isAnnotationPresent(Declared.class)) {
      return declares(type)
          ? new DeclaredRecord<>(type).bind(values, others)
          : next(component, others);
    }
    Object value = values.value(name(component));
    return type.isEnum() ? constant(type, value) : value;
  }

  private static Object next(RecordComponent component, Iterator<?> others) {
    if (!others.hasNext()) {
      throw new IllegalArgumentException("there is no value for " + component);
    }
    return others.next();
  }

  private static Object constant(Class<?> type, Object word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> word(each).equals(word))
        .findFirst()
        .orElseThrow();
  }

  private static String word(Object constant) {
    return ((Enum<?>) constant).name().replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
