package dev.vernier.harness.decoding.jpeg;

import dev.vernier.harness.decoding.jpeg.JpegSamples.Space;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Decodes JPEG files (ITU-T T.81) of 8 bits, sequential and progressive, with Huffman codes, to the
 * same bits as libjpeg-turbo does by default. Colour profiles and orientation marks are passed
 * over. Libraries that wrap libjpeg give other bits from one build to the next, and fill up what a
 * truncated file lacks.
 */
public final class JpegDecoder {
  static final int RST0 = 0xd0;
  private static final int RST7 = 0xd7;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DQT = 0xdb;
  private static final int DHT = 0xc4;
  private static final int DRI = 0xdd;
  private static final int APP0 = 0xe0;
  private static final int APP14 = 0xee;
  private static final int TEM = 0x01;
  private static final int MOST_BLOCKS = 10;
  private static final int TABLES = 4;

  /** Coefficients whose missing bits other decoders make up. */
  private static final int LOWEST = 10;

  private final byte[] bytes;
  private final int[][] divisors;
  private final HuffmanTable[] dc;
  private final HuffmanTable[] ac;
  private JpegFrame frame;
  private int restartInterval;
  private boolean jfif;
  private int adobeTransform = -1;
  private boolean scanned;

  private JpegDecoder(byte[] bytes, int[][] divisors, HuffmanTable[] dc, HuffmanTable[] ac) {
    this.bytes = bytes;
    this.divisors = divisors;
    this.dc = dc;
    this.ac = ac;
  }

  /** Whether a file begins as those of this format do. */
  public static boolean recognizes(byte[] file) {
    return file.length > 2
        && (file[0] & 0xff) == 0xff
        && (file[1] & 0xff) == SOI
        && (file[2] & 0xff) == 0xff;
  }

  /**
   * Decodes a file.
   *
   * @throws UnusableImageException if it is truncated, damaged or of a kind that is not read
   */
  public static JpegSamples decode(byte[] file) throws UnusableImageException {
    return decode(new byte[0], file);
  }

  /**
   * Decodes a file that may lack tables.
   *
   * @param tables a file of tables alone, as TIFF has them; may be empty
   * @throws UnusableImageException as {@link #decode(byte[])}
   */
  public static JpegSamples decode(byte[] tables, byte[] file) throws UnusableImageException {
    JpegDecoder before =
        new JpegDecoder(
            tables, new int[TABLES][], new HuffmanTable[TABLES], new HuffmanTable[TABLES]);
    if (tables.length > 0) {
      before.readSegments();
    }
    JpegDecoder decoder = new JpegDecoder(file, before.divisors, before.dc, before.ac);
    decoder.readSegments();
    return decoder.samples();
  }

  static UnusableImageException truncated() {
    return new UnusableImageException("truncated JPEG");
  }

  static UnusableImageException damaged(String why) {
    return new UnusableImageException("damaged JPEG: " + why);
  }

  private static UnusableImageException unread(String what) {
    return new UnusableImageException("JPEG " + what + ", which is not read");
  }

  private void readSegments() throws UnusableImageException {
    int at = 2;
    while (true) {
      at = marker(at);
      int code = bytes[at++] & 0xff;
      if (code == EOI) {
        return;
      }
      if (code == TEM || (code >= RST0 && code <= RST7)) {
        continue;
      }
      if (code == SOI) {
        throw damaged("a second beginning");
      }
      int end = at + number(at, 2);
      if (end < at + 2) {
        throw damaged("an impossible length");
      }
      if (end > bytes.length) {
        throw truncated();
      }
      at = segment(code, at + 2, end);
    }
  }

  /** The place of the next marker's code; what lies between is passed over. */
  private int marker(int from) throws UnusableImageException {
    int at = from;
    while (at + 1 < bytes.length) {
      int code = bytes[at + 1] & 0xff;
      if ((bytes[at] & 0xff) == 0xff && code != 0 && code != 0xff) {
        return at + 1;
      }
      at++;
    }
    throw truncated();
  }

  /** Reads a segment; the place behind it and what belongs to it. */
  private int segment(int code, int at, int end) throws UnusableImageException {
    try {
      switch (code) {
        case DQT -> readDivisors(at, end);
        case DHT -> readHuffmanTables(at, end);
        case DRI -> restartInterval = number(at, 2);
        case APP0 -> jfif |= !scanned && begins("JFIF\0", at, end, 14);
        case APP14 -> {
          if (!scanned && begins("Adobe", at, end, 12)) {
            adobeTransform = bytes[at + 11] & 0xff;
          }
        }
        case SOS -> {
          return readScan(at, end);
        }
        default -> {
          if (code >= 0xc0 && code <= 0xcf && code != 0xc8) {
            readFrame(code, at);
          }
        }
      }
      return end;
    } catch (ArrayIndexOutOfBoundsException e) {
      throw damaged("a segment that is too short");
    }
  }

  private int number(int at, int length) throws UnusableImageException {
    if (at + length > bytes.length) {
      throw truncated();
    }
    return length == 1 ? bytes[at] & 0xff : (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private boolean begins(String name, int at, int end, int length) {
    if (end - at < length) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (bytes[at + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void readDivisors(int from, int end) throws UnusableImageException {
    int at = from;
    while (at < end) {
      int what = number(at++, 1);
      int width = what >> 4 == 0 ? 1 : 2;
      int[] table = new int[Component.BLOCK];
      for (int place : JpegScan.ZIGZAG) {
        table[place] = number(at, width);
        at += width;
      }
      divisors[what & 15] = table;
    }
  }

  private void readHuffmanTables(int from, int end) throws UnusableImageException {
    int at = from;
    while (at < end) {
      int what = number(at++, 1);
      int[] counts = new int[16];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = number(at++, 1);
      }
      int values = Arrays.stream(counts).sum();
      if (values > end - at) {
        throw damaged("an impossible Huffman table");
      }
      HuffmanTable table = new HuffmanTable(counts, Arrays.copyOfRange(bytes, at, at + values));
      (what >> 4 == 0 ? dc : ac)[what & 15] = table;
      at += values;
    }
  }

  private void readFrame(int code, int at) throws UnusableImageException {
    refuseKind(code, number(at, 1));
    if (frame != null) {
      throw damaged("a second frame");
    }
    int height = number(at + 1, 2);
    int width = number(at + 3, 2);
    RgbImage.area(width, height);
    int count = number(at + 5, 1);
    if (count != 1 && count != 3 && count != 4) {
      throw unread("of " + count + " components");
    }
    int mostAcross = 1;
    int mostDown = 1;
    for (int i = 0; i < count; i++) {
      int factors = number(at + 7 + 3 * i, 1);
      mostAcross = Math.max(mostAcross, factors >> 4);
      mostDown = Math.max(mostDown, factors & 15);
    }
    JpegFrame.Size size = new JpegFrame.Size(width, height, mostAcross, mostDown);
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int each = at + 6 + 3 * i;
      int factors = number(each + 1, 1);
      refuseFactors(factors >> 4, mostAcross);
      refuseFactors(factors & 15, mostDown);
      components.add(
          new Component(number(each, 1), factors >> 4, factors & 15, number(each + 2, 1), size));
    }
    frame = new JpegFrame(size, code == 0xc2, components);
  }

  private static void refuseKind(int code, int bits) throws UnusableImageException {
    switch (code) {
      case 0xc0, 0xc1, 0xc2 -> {
        if (bits != 8) {
          throw unread("of " + bits + " bits");
        }
      }
      case 0xc3 -> throw unread("without loss");
      case 0xc9, 0xca -> throw unread("with arithmetic codes");
      default ->
          throw unread("of a rare kind (SOF" + String.format(Locale.ROOT, "%d", code - 0xc0) + ")");
    }
  }

  private static void refuseFactors(int factor, int most) throws UnusableImageException {
    if (factor < 1 || factor > 4) {
      throw damaged("a sampling factor of " + factor);
    }
    if (most % factor != 0) {
      throw unread("with sampling factors of " + factor + " and " + most);
    }
  }

  private int readScan(int at, int end) throws UnusableImageException {
    if (frame == null) {
      throw damaged("a scan without a frame");
    }
    scanned = true;
    int count = number(at, 1);
    List<Component> components = new ArrayList<>();
    int next = at + 1;
    for (int i = 0; i < count; i++, next += 2) {
      components.add(component(number(next, 1), number(next + 1, 1)));
    }
    int bits = number(next + 2, 1);
    JpegScan.Band band =
        frame.progressive()
            ? new JpegScan.Band(number(next, 1), number(next + 1, 1), bits >> 4, bits & 15)
            : new JpegScan.Band(0, Component.BLOCK - 1, 0, 0);
    refuseImpossible(components, band);
    components.forEach(
        each -> Arrays.fill(each.unknownBits, band.first(), band.last() + 1, band.low()));
    EntropyBits in = new EntropyBits(bytes, end);
    new JpegScan(frame, components, band, restartInterval, in).read();
    return in.end();
  }

  private Component component(int id, int tables) throws UnusableImageException {
    for (Component each : frame.components()) {
      if (each.id == id) {
        each.dc = dc[tables >> 4];
        each.ac = ac[tables & 15];
        if (each.divisors == null) {
          each.divisors = divisors[each.quantizationTable];
        }
        if (each.divisors == null) {
          throw damaged("a quantization table is missing");
        }
        return each;
      }
    }
    throw damaged("a scan of a component that is not in the frame");
  }

  private void refuseImpossible(List<Component> components, JpegScan.Band band)
      throws UnusableImageException {
    int blocks = components.stream().mapToInt(each -> each.across * each.down).sum();
    boolean wrong =
        components.isEmpty()
            || components.stream().distinct().count() < components.size()
            || (components.size() > 1 && blocks > MOST_BLOCKS)
            || band.last() >= Component.BLOCK
            || band.first() > band.last()
            || band.low() > 13
            || (frame.progressive() && (band.first() == 0) != (band.last() == 0))
            || (band.first() > 0 && components.size() > 1)
            || (band.high() != 0 && band.high() != band.low() + 1);
    if (wrong) {
      throw damaged("an impossible scan");
    }
    for (Component each : components) {
      boolean needsDc = band.first() == 0 && band.high() == 0;
      boolean needsAc = band.last() > 0;
      if ((needsDc && each.dc == null) || (needsAc && each.ac == null)) {
        throw damaged("a Huffman table is missing");
      }
    }
  }

  private JpegSamples samples() throws UnusableImageException {
    if (frame == null || !scanned) {
      throw damaged("no picture");
    }
    int area = Math.multiplyExact(frame.width(), frame.height());
    int count = frame.components().size();
    byte[] planes = new byte[Math.multiplyExact(count, area)];
    for (int c = 0; c < count; c++) {
      Component component = frame.components().get(c);
      refuseUnfinished(component);
      new Upsampling(
              plane(component),
              component.stride * 8,
              component.width,
              component.height,
              frame.size().mostAcross() / component.across,
              frame.size().mostDown() / component.down)
          .write(planes, c * area, frame.width(), frame.height());
    }
    return new JpegSamples(frame.width(), frame.height(), count, planes, space(count));
  }

  /** Where scans are missing, some decoders smooth, others do not. */
  private void refuseUnfinished(Component component) throws UnusableImageException {
    for (int k = 0; k < LOWEST; k++) {
      if (component.unknownBits[k] != 0) {
        throw damaged("scans are missing");
      }
    }
  }

  private static byte[] plane(Component component) {
    int stride = component.stride * 8;
    byte[] plane = new byte[Math.multiplyExact(stride, component.blocksDown * 8)];
    InverseDct inverse = new InverseDct();
    for (int row = 0; row < component.blocksDown; row++) {
      for (int column = 0; column < component.blocksAcross; column++) {
        inverse.apply(
            component.coefficients,
            component.block(row, column),
            component.divisors,
            plane,
            row * 8 * stride + column * 8,
            stride);
      }
    }
    return plane;
  }

  /** What the components are, by the marks of JFIF and Adobe, else by their names. */
  private Space space(int count) {
    if (count == 1) {
      return Space.GREY;
    }
    if (count == 4) {
      return adobeTransform < 0 || adobeTransform == 0 ? Space.CMYK : Space.YCCK;
    }
    if (jfif) {
      return Space.YCC;
    }
    if (adobeTransform >= 0) {
      return adobeTransform == 0 ? Space.RGB : Space.YCC;
    }
    List<Integer> ids = frame.components().stream().map(each -> each.id).toList();
    return ids.equals(List.of((int) 'R', (int) 'G', (int) 'B')) ? Space.RGB : Space.YCC;
  }
}
