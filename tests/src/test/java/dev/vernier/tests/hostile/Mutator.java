package dev.vernier.tests.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes bytes as damage and malice do; the same seed changes them alike. */
final class Mutator {
  private static final int MOST_CHANGES = 4;

  /** Where readers count, allocate or end. */
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1e999",
          "NaN",
          "2147483647",
          "2147483648",
          "99999999999999999999",
          "0.5",
          "null",
          "[]",
          "{}",
          "\"\"",
          "true");

  private static final int[] EXTREMES = {
    0, -1, 1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0xffff, 0x7fff, 1 << 16, 1 << 30, 100_000
  };

  private final Random random;

  Mutator(long seed) {
    // Seeds that are close to each other draw much alike at first.
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  boolean coin() {
    return random.nextBoolean();
  }

  <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /**
   * Changes bytes in a few places.
   *
   * @param other some of which may be spliced in
   */
  byte[] mutate(byte[] original, byte[] other) {
    byte[] bytes = original.clone();
    int changes = coin() ? 1 : 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      bytes =
          switch (random.nextInt(7)) {
            case 0, 1 -> flipped(bytes);
            case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 3 -> spliced(bytes, other);
            case 4 -> spliced(bytes, bytes);
            case 5 -> extreme(bytes);
            default -> renumbered(bytes);
          };
    }
    return bytes;
  }

  private byte[] flipped(byte[] bytes) {
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return bytes;
  }

  /** A part of one in the place of a part of another. */
  private byte[] spliced(byte[] bytes, byte[] source) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(1 + bytes.length / 4));
    int begin = random.nextInt(source.length + 1);
    int end = Math.min(source.length, begin + random.nextInt(1 + source.length / 4));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.write(source, begin, end - begin);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  /** A number of one, two or four bytes, of either order, at the edge of its range. */
  private byte[] extreme(byte[] bytes) {
    int value = EXTREMES[random.nextInt(EXTREMES.length)];
    int width = 1 << random.nextInt(3);
    boolean little = coin();
    int at = random.nextInt(bytes.length);
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> (Byte.SIZE * (little ? i : width - 1 - i)));
    }
    return bytes;
  }

  /** Another number in the place of one that is written in digits. */
  private byte[] renumbered(byte[] bytes) {
    int from = random.nextInt(bytes.length);
    while (from < bytes.length && !isDigit(bytes[from])) {
      from++;
    }
    int to = from;
    while (to < bytes.length && isDigit(bytes[to])) {
      to++;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(any(NUMBERS).getBytes(StandardCharsets.US_ASCII));
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }
}
