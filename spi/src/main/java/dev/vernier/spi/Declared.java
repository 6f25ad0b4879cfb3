package dev.vernier.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a component of a record to be a setting; {@link Setting#of} lists the settings of a
 * record, {@link Settings#bind} makes the record of their values. The component's type says what
 * the setting takes:
 *
 * <ul>
 *   <li>{@code int} or {@code long}: a whole number between two bounds
 *   <li>{@code double}: a number between two bounds
 *   <li>{@code boolean}: a switch
 *   <li>an enum: the lower-case names of its constants, words joined by hyphens
 *   <li>{@code String}: one of a few words, or free text where none are given
 *   <li>{@link ImageSize}: the side of squares or {@code HEIGHTxWIDTH}, each between two bounds
 *   <li>{@code List<Integer>}: whole numbers separated by commas, each between two bounds
 * </ul>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Declared {
  /** The name, where it is not the component's own: lower-case words joined by hyphens. */
  String name() default "";

  /** The value when nothing else is given, as a user would write it. */
  String byDefault() default "";

  /** The value at the scale {@code quick}, where it is not the default. */
  String quick() default "";

  /** The value at the scale {@code standard}, where it is not the default. */
  String standard() default "";

  /** The value at the scale {@code paper}, where it is not the default. */
  String paper() default "";

  /** The lowest number it takes. */
  double from() default 0;

  /** The highest number it takes. */
  double to() default Integer.MAX_VALUE;

  /** The words it takes, where it is a {@code String}; none for any text. */
  String[] choices() default {};

  /** What it means, and where the default comes from. */
  String meaning();
}
