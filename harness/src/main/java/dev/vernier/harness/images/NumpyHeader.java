package dev.vernier.harness.images;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an array in NumPy's file format says of itself before its numbers.
 *
 * @param type NumPy's name of the number type, such as {@code |u1}
 * @param columnMajor whether the first axis runs fastest
 * @param shape the sides as they are written
 * @param start bytes up to the first number
 */
public record NumpyHeader(String type, boolean columnMajor, String shape, long start) {
  /** Unsigned bytes. */
  public static final String BYTES = "|u1";

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final int LONGEST = 1 << 20;
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern TEXT =
      Pattern.compile(
          "'descr':\\s*(.+?),\\s*'fortran_order':\\s*(True|False).*'shape':\\s*\\(([^)]{0,200})\\)",
          Pattern.DOTALL);

  private static final Map<Character, String> KINDS =
      Map.of(
          'u', "uint", 'i', "int", 'f', "float", 'b', "bool", 'c', "complex", 'U', "text", 'S',
          "text", 'O', "objects");

  /**
   * Reads up to where the numbers begin.
   *
   * @param source for messages
   * @throws UsageException if it is no array, or a damaged one
   */
  public static NumpyHeader read(String source, InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (Arrays.equals(start, 0, Math.min(start.length, ZIP.length), ZIP, 0, ZIP.length)) {
      throw new UsageException(
          source + " is an archive, such as an .npz: give the array alone, an .npy of numpy.save");
    }
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new UsageException(source + " is not a NumPy array, or damaged: write it again");
    }
    byte[] size = in.readNBytes(start[MAGIC.length] == 1 ? Short.BYTES : Integer.BYTES);
    long length = 0;
    for (int i = size.length - 1; i >= 0; i--) {
      length = length << Byte.SIZE | (size[i] & 0xff);
    }
    byte[] text = in.readNBytes((int) Math.min(length, LONGEST));
    if (text.length < length) {
      throw new UsageException(source + " is cut off in its header: write it again");
    }
    // Parts of it go into messages of one line.
    String line = new String(text, StandardCharsets.ISO_8859_1).replaceAll("\\p{Cntrl}", " ");
    Matcher matcher = TEXT.matcher(line);
    if (!matcher.find()) {
      throw new UsageException(source + " has a damaged header: write it again");
    }
    String type = matcher.group(1).strip();
    boolean simple = type.length() > 1 && type.startsWith("'") && type.endsWith("'");
    return new NumpyHeader(
        simple ? type.substring(1, type.length() - 1) : type,
        matcher.group(2).equals("True"),
        matcher.group(3),
        start.length + size.length + length);
  }

  /**
   * The sides.
   *
   * @throws UsageException if they are none
   */
  public List<BigInteger> sides(String source) {
    return Arrays.stream(shape.split(","))
        // Python 2 wrote its long numbers so: 12L.
        .map(side -> side.strip().replaceFirst("L$", ""))
        .filter(side -> !side.isEmpty())
        .map(side -> side(source, side))
        .toList();
  }

  private BigInteger side(String source, String digits) {
    if (!NUMBER.matcher(digits).matches()) {
      throw new UsageException(
          source + " has the impossible shape (" + shape + "): write it again");
    }
    return new BigInteger(digits);
  }

  /** Type and shape as users know them, such as {@code float32 [6, 64, 64, 3]}. */
  public String description() {
    String sides =
        Arrays.stream(shape.split(","))
            .map(String::strip)
            .filter(side -> !side.isEmpty())
            .collect(Collectors.joining(", "));
    return typeName() + " [" + sides + "]" + (columnMajor ? " in column-major order" : "");
  }

  private String typeName() {
    if (!type.matches("[<>|=][a-zA-Z]\\d*")) {
      return "records";
    }
    String kind = KINDS.getOrDefault(type.charAt(1), type);
    boolean sized = "uifc".indexOf(type.charAt(1)) >= 0 && type.length() > 2;
    String bigEndian = type.charAt(0) == '>' ? " big-endian" : "";
    return kind + (sized ? 8 * Integer.parseInt(type.substring(2)) : "") + bigEndian;
  }
}
