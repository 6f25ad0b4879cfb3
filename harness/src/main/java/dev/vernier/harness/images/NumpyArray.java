package dev.vernier.harness.images;

import dev.vernier.records.WholeFile;
import dev.vernier.spi.UsageException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * An array in NumPy's file format: little-endian, row-major.
 *
 * @param type NumPy's name of the number type: {@code |u1}, {@code <i4}, {@code <i8}, {@code <f4}
 *     or {@code <f8}; or of text, such as {@code <U8}
 * @param shape the shape; empty for a scalar
 * @param data the numbers as they lie in the file, little-endian
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bulk data, never compared
public record NumpyArray(String type, int[] shape, byte[] data) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int PART = 1 << 16;
  private static final Set<String> INTEGERS = Set.of("|u1", "<i4", "<i8");

  /** Characters of a text, as many as a path may have. */
  private static final Pattern TEXT = Pattern.compile("(<U|[|]S)([1-9]\\d{0,3})");

  /** Bytes that one array of Java cannot hold. */
  private static final long LARGEST = Integer.MAX_VALUE - 8;

  /** Float numbers of a shape. */
  public static NumpyArray of(float[] values, int... shape) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    littleEndian(bytes).asFloatBuffer().put(values);
    return new NumpyArray("<f4", shape, bytes);
  }

  /** Double numbers of a shape. */
  public static NumpyArray of(double[] values, int... shape) {
    byte[] bytes = new byte[values.length * Double.BYTES];
    littleEndian(bytes).asDoubleBuffer().put(values);
    return new NumpyArray("<f8", shape, bytes);
  }

  /** Unsigned bytes of a shape. */
  public static NumpyArray of(byte[] values, int... shape) {
    return new NumpyArray("|u1", shape, values.clone());
  }

  /** Texts, each padded to the longest. */
  public static NumpyArray of(List<String> texts) {
    int width =
        texts.stream().mapToInt(text -> text.codePointCount(0, text.length())).max().orElse(1);
    byte[] bytes = new byte[texts.size() * width * Integer.BYTES];
    ByteBuffer buffer = littleEndian(bytes);
    for (int i = 0; i < texts.size(); i++) {
      buffer.position(i * width * Integer.BYTES);
      texts.get(i).codePoints().forEach(buffer::putInt);
    }
    return new NumpyArray("<U" + width, new int[] {texts.size()}, bytes);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The number of elements. */
  public int length() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** The numbers as doubles. */
  public double[] doubles() {
    ByteBuffer buffer = littleEndian(data);
    double[] values = new double[length()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case "|u1" -> data[i] & 0xff;
            case "<i4" -> buffer.getInt(i * Integer.BYTES);
            case "<i8" -> (double) buffer.getLong(i * Long.BYTES);
            case "<f4" -> buffer.getFloat(i * Float.BYTES);
            default -> buffer.getDouble(i * Double.BYTES);
          };
    }
    return values;
  }

  /** The numbers as floats. */
  public float[] floats() {
    if (type.equals("<f4")) {
      float[] floats = new float[length()];
      littleEndian(data).asFloatBuffer().get(floats);
      return floats;
    }
    double[] values = doubles();
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /**
   * The numbers as integers.
   *
   * @param source whose they are, for messages
   * @throws UsageException if one is beyond 2^31
   */
  public int[] integers(String source) {
    double[] values = doubles();
    int[] integers = new int[values.length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = (int) values[i];
      if (integers[i] != values[i]) {
        throw new UsageException(
            source + " holds " + (long) values[i] + ", more than 2^31: check what it is");
      }
    }
    return integers;
  }

  /** The content of a {@code .npy} file, version 1.0. */
  public byte[] file() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header(type, shape));
    out.writeBytes(data);
    return out.toByteArray();
  }

  /**
   * Writes a {@code .npy} file of float numbers, which may be many: they are not copied.
   *
   * @param file is never seen half-written; its folder is there
   */
  public static void write(Path file, float[] values, int... shape) throws IOException {
    WholeFile.write(
        file,
        beside -> {
          try (OutputStream out = Files.newOutputStream(beside)) {
            out.write(header("<f4", shape));
            byte[] part = new byte[PART * Float.BYTES];
            for (int from = 0; from < values.length; from += PART) {
              int count = Math.min(PART, values.length - from);
              littleEndian(part).asFloatBuffer().put(values, from, count);
              out.write(part, 0, count * Float.BYTES);
            }
          }
        });
  }

  /** What such a file begins with, before the numbers. */
  static byte[] header(String type, int... shape) {
    String dimensions =
        Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    String header =
        "{'descr': '"
            + type
            + "', 'fortran_order': False, 'shape': ("
            + dimensions
            + (shape.length == 1 ? "," : "")
            + "), }";
    int start = MAGIC.length + 4;
    int padding = Math.floorMod(-(start + header.length() + 1), ALIGNMENT);
    byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC);
    out.writeBytes(new byte[] {1, 0, (byte) text.length, (byte) (text.length >> 8)});
    out.writeBytes(text);
    return out.toByteArray();
  }

  /**
   * Reads a {@code .npy} file.
   *
   * @throws UsageException if it is damaged or of a type or order that is not read
   */
  public static NumpyArray read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return parse(file.toString(), in);
    }
  }

  /**
   * Reads a {@code .npy} file of integers.
   *
   * @throws UsageException as {@link #read}, or if it holds something else
   */
  public static NumpyArray readIntegers(Path file) throws IOException {
    String source = file.toString();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      NumpyHeader header = NumpyHeader.read(source, in);
      if (!INTEGERS.contains(header.type())) {
        throw new UsageException(
            "%s holds %s, not uint8, int32 or int64: convert it to one of these, with numpy.astype"
                .formatted(source, header.description()));
      }
      return parse(source, header, width(source, header.type()), in);
    }
  }

  /**
   * Reads all arrays of a {@code .npz} file.
   *
   * @throws UsageException as {@link #read}
   */
  public static Map<String, NumpyArray> readAll(Path file) throws IOException {
    return readAll(file, name -> true);
  }

  /**
   * Reads some arrays of a {@code .npz} file.
   *
   * @param wanted tells by its name whether an array is read
   * @throws UsageException as {@link #read}
   */
  public static Map<String, NumpyArray> readAll(Path file, Predicate<String> wanted)
      throws IOException {
    Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (var entry : zip.stream().filter(each -> each.getName().endsWith(".npy")).toList()) {
        String name = entry.getName();
        String array = name.substring(0, name.length() - ".npy".length());
        if (!wanted.test(array)) {
          continue;
        }
        try (InputStream in = NumpyFile.content(zip, entry)) {
          arrays.put(array, parse(file + ":" + name, in));
        }
      }
    } catch (ZipException | EOFException e) {
      throw NumpyFile.damaged(file, e);
    }
    return arrays;
  }

  /**
   * Reads an array of texts of a {@code .npz} file, without what pads them.
   *
   * @return empty where there is no such array
   * @throws UsageException as {@link #read}, or if it holds anything else than texts
   */
  public static Optional<List<String>> readTexts(Path file, String array) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(array + NumpyFile.END);
      if (entry == null) {
        return Optional.empty();
      }
      try (InputStream in = NumpyFile.content(zip, entry)) {
        return Optional.of(texts(file + ":" + array, in));
      }
    } catch (ZipException | EOFException e) {
      throw NumpyFile.damaged(file, e);
    }
  }

  private static List<String> texts(String source, InputStream in) throws IOException {
    NumpyHeader header = NumpyHeader.read(source, in);
    Matcher type = TEXT.matcher(header.type());
    if (!type.matches()) {
      throw new UsageException(
          source + " holds no text: write it with numpy.array(list_of_names, dtype=str)");
    }
    boolean unicode = type.group(1).equals("<U");
    int width = Integer.parseInt(type.group(2)) * (unicode ? Integer.BYTES : 1);
    NumpyArray array = parse(source, header, width, in);
    Charset charset = unicode ? Charset.forName("UTF-32LE") : StandardCharsets.UTF_8;
    return IntStream.range(0, array.length())
        .mapToObj(i -> new String(array.data, i * width, width, charset).replaceFirst("\0+$", ""))
        .toList();
  }

  /**
   * Writes a {@code .npz} file; the same arrays make the same file.
   *
   * @param file is never seen half-written; its folder is there
   */
  public static void writeAll(Path file, Map<String, NumpyArray> arrays) throws IOException {
    WholeFile.write(file, beside -> writeTo(beside, arrays));
  }

  /**
   * The same, growing at its place.
   *
   * @param file that nobody reads yet
   */
  public static void writeTo(Path file, Map<String, NumpyArray> arrays) throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (Map.Entry<String, NumpyArray> each : arrays.entrySet()) {
        NumpyFile.begin(zip, each.getKey());
        zip.write(header(each.getValue().type(), each.getValue().shape()));
        zip.write(each.getValue().data());
      }
    }
  }

  /** Reads as much as the header announces, whatever comes behind. */
  private static NumpyArray parse(String source, InputStream in) throws IOException {
    NumpyHeader header = NumpyHeader.read(source, in);
    return parse(source, header, width(source, header.type()), in);
  }

  private static NumpyArray parse(String source, NumpyHeader header, int width, InputStream in)
      throws IOException {
    if (header.columnMajor()) {
      throw new UsageException(source + " is not in row-major order: use numpy.ascontiguousarray");
    }
    int[] shape = shape(source, header);
    long bytes = width;
    for (int side : shape) {
      bytes *= side;
    }
    if (bytes > LARGEST) {
      throw tooLarge(source, bytes + " bytes");
    }
    byte[] data = in.readNBytes((int) bytes);
    if (data.length < bytes || in.read() >= 0) {
      throw new UsageException(source + " is cut off, or longer than its shape: write it again");
    }
    return new NumpyArray(header.type(), shape, data);
  }

  private static int[] shape(String source, NumpyHeader header) {
    List<BigInteger> sides = header.sides(source);
    // Sides of zero would hide how large the others are.
    BigInteger most =
        sides.stream().map(BigInteger.ONE::max).reduce(BigInteger.ONE, BigInteger::multiply);
    if (most.bitLength() >= Integer.SIZE) {
      throw tooLarge(source, "the shape (" + header.shape() + ")");
    }
    return sides.stream().mapToInt(BigInteger::intValueExact).toArray();
  }

  private static UsageException tooLarge(String source, String size) {
    return new UsageException(
        source
            + " has "
            + size
            + ", more than the 2^31 that one array can hold: give a folder of images instead");
  }

  private static int width(String source, String type) {
    return switch (type) {
      case "|u1" -> 1;
      case "<i4", "<f4" -> Integer.BYTES;
      case "<i8", "<f8" -> Long.BYTES;
      default ->
          throw new UsageException(
              source + " holds numbers of type " + type + ": convert to uint8, float32 or float64");
    };
  }
}
