package dev.vernier.harness.decoding;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import java.nio.ByteBuffer;

/**
 * Decodes the portable formats of Netpbm, PBM, PGM and PPM, as text or binary, of any largest
 * value.
 */
final class PnmDecoder {
  private static final String SPACE = " \t\n\013\f\r";
  private static final int LONGEST_NUMBER = 10;

  private final ByteBuffer file;
  private final int kind;

  private PnmDecoder(byte[] file) {
    this.file = ByteBuffer.wrap(file).position(2);
    this.kind = file[1] - '0';
  }

  static boolean recognizes(byte[] file) {
    return file.length > 2
        && file[0] == 'P'
        && file[1] >= '1'
        && file[1] <= '6'
        && SPACE.indexOf(file[2]) >= 0;
  }

  static RgbImage decode(byte[] file) throws UnusableImageException {
    return new PnmDecoder(file).read();
  }

  private static UnusableImageException damaged(String why) {
    return new UnusableImageException("damaged PNM: " + why);
  }

  private RgbImage read() throws UnusableImageException {
    int width = number();
    int height = number();
    Canvas canvas = new Canvas(width, height);
    boolean twoTone = kind == 1 || kind == 4;
    int most = twoTone ? 1 : number();
    if (most < 1 || most > 65535) {
      throw damaged("a largest value of " + most);
    }
    for (int i = 0; i < width * height; i++) {
      switch (kind) {
        case 1 -> canvas.grey(i, bit() == 0 ? 255 : 0);
        case 4 -> canvas.grey(i, packedBit(i % width, width) == 0 ? 255 : 0);
        case 2, 5 -> canvas.grey(i, grey(value(most), most));
        default -> {
          int red = stretched(value(most), most, 255);
          int green = stretched(value(most), most, 255);
          canvas.set(i, red, green, stretched(value(most), most, 255));
        }
      }
    }
    return canvas.image();
  }

  /** Grey of more than 8 bits is stretched to 16, of which the upper 8 are taken. */
  private static int grey(int value, int most) {
    return most < 256 ? stretched(value, most, 255) : stretched(value, most, 65535) >> 8;
  }

  private static int stretched(int value, int most, int range) {
    return Math.min(range, (int) Math.rint((double) value / most * range));
  }

  private int value(int most) throws UnusableImageException {
    if (kind > 3) {
      return most < 256 ? file.get() & 0xff : file.getShort() & 0xffff;
    }
    int value = number();
    if (value > most) {
      throw damaged("a value of " + value + ", more than " + most);
    }
    return value;
  }

  /** The next character that is neither in a comment nor a space. */
  private int bit() throws UnusableImageException {
    int character = character();
    while (SPACE.indexOf(character) >= 0) {
      character = character();
    }
    if (character != '0' && character != '1') {
      throw damaged("a bit that is neither 0 nor 1");
    }
    return character - '0';
  }

  /** A bit of a row that is filled up to whole bytes. */
  private int packedBit(int x, int width) {
    int last = x == width - 1 || x % 8 == 7 ? 1 : 0;
    int bits = file.get(file.position());
    file.position(file.position() + last);
    return (bits >> (7 - x % 8)) & 1;
  }

  /** The next number, and the space behind it. */
  private int number() throws UnusableImageException {
    StringBuilder digits = new StringBuilder();
    while (digits.length() <= LONGEST_NUMBER) {
      boolean ended = !file.hasRemaining() && kind <= 3;
      int character = ended ? ' ' : character();
      if (character >= '0' && character <= '9') {
        digits.append((char) character);
      } else if (SPACE.indexOf(character) < 0) {
        throw damaged("no number where one has to be");
      } else if (digits.length() > 0) {
        return Integer.parseInt(digits.toString());
      } else if (ended) {
        throw new UnusableImageException("truncated PNM");
      }
    }
    throw damaged("a number of more than " + LONGEST_NUMBER + " digits");
  }

  /** The next character behind comments, which reach from "#" to the end of their line. */
  private int character() {
    int character = file.get();
    while (character == '#') {
      while (character != '\n' && character != '\r') {
        character = file.get();
      }
      character = file.get();
    }
    return character;
  }
}
