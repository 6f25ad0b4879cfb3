package dev.vernier.spi;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of images.
 *
 * @param height in pixels
 * @param width in pixels
 */
public record ImageSize(int height, int width) {
  private static final Pattern TEXT =
      Pattern.compile("(?<height>[1-9]\\d{0,8})(?:x(?<width>[1-9]\\d{0,8}))?");

  /** Checks both. */
  public ImageSize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("there are no images of " + height + " x " + width);
    }
  }

  /** Images as high as wide. */
  public static ImageSize square(int side) {
    return new ImageSize(side, side);
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws UsageException if it is no size
   */
  public static ImageSize parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new UsageException(
          "'" + text + "' is not an image size: give the side of squares, or HEIGHTxWIDTH");
    }
    String height = matcher.group("height");
    String width = matcher.group("width");
    return new ImageSize(
        Integer.parseInt(height), Integer.parseInt(width == null ? height : width));
  }

  /** Pixels of an image. */
  public int area() {
    return height * width;
  }

  /** Whether images are as high as wide. */
  public boolean isSquare() {
    return height == width;
  }

  /** Whether both sides are multiples of a number. */
  public boolean isMultipleOf(int factor) {
    return height % factor == 0 && width % factor == 0;
  }

  /** As files have it: the side of squares, else {@code HEIGHTxWIDTH}. */
  public String text() {
    return isSquare() ? String.valueOf(height) : height + "x" + width;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ImageSize ofJson(Object json) {
    return parse(String.valueOf(json));
  }

  /** As JSON has it: a number where images are squares. */
  @JsonValue
  Object json() {
    return isSquare() ? (Object) height : text();
  }

  /** As readers see it, such as {@code 54 x 96}. */
  @Override
  public String toString() {
    return height + " x " + width;
  }
}
