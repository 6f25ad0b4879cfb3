package dev.vernier.weights;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Named float arrays in a file; read one at a time, so that what is not asked for costs nothing.
 */
public interface WeightFile extends AutoCloseable {
  /** Names of all arrays. */
  Set<String> names();

  /**
   * The shape of an array.
   *
   * @throws UsageException if there is no such array
   */
  long[] shape(String name);

  /**
   * The shape of an array that has to have so many dimensions, none of them empty.
   *
   * @throws UsageException if there is no such array, or it is of another kind
   */
  default long[] shape(String name, int dimensions) {
    long[] shape = shape(name);
    if (shape.length != dimensions || Arrays.stream(shape).anyMatch(side -> side < 1)) {
      throw new UsageException(
          "the array "
              + name
              + " has the shape "
              + Arrays.toString(shape)
              + ", where "
              + dimensions
              + " sides of at least 1 are needed: name another file, or download it again");
    }
    return shape;
  }

  /**
   * The values of an array, row-major, converted to float from any number type the file may hold.
   *
   * @throws UsageException if there is no such array, the file is damaged, or values are NaN or
   *     infinite
   */
  float[] read(String name) throws IOException;

  /** What the file says of itself; empty where it says nothing. */
  Map<String, String> metadata();

  @Override
  void close() throws IOException;

  /**
   * Opens a file by what it holds, not by its name: safetensors, or a PyTorch checkpoint of the
   * present or of the old format.
   *
   * @throws UsageException if it is neither, damaged, or names classes that a weight file has no
   *     business to name
   */
  static WeightFile open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("there is no weight file " + file + ": check the path");
    }
    byte[] start = start(file);
    if (isZip(start)) {
      return new TorchCheckpoint(file);
    }
    if (isPickle(start)) {
      return new LegacyTorchCheckpoint(file);
    }
    if (!isSafetensors(start)) {
      throw new UsageException(
          file
              + " is neither a safetensors nor a PyTorch file: name a file of weights, or get it"
              + " again");
    }
    return Safetensors.open(file);
  }

  /** Whether a file begins as one that {@link #open} opens; it may be damaged all the same. */
  static boolean recognizes(Path file) throws IOException {
    byte[] start = Files.isRegularFile(file) ? start(file) : new byte[0];
    return isZip(start) || isPickle(start) || isSafetensors(start);
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(9);
    }
  }

  private static boolean isZip(byte[] start) {
    return start.length >= 4 && start[0] == 'P' && start[1] == 'K';
  }

  private static boolean isPickle(byte[] start) {
    return start.length >= 2 && (start[0] & 0xff) == 0x80;
  }

  /** After eight bytes of length it has a JSON object. */
  private static boolean isSafetensors(byte[] start) {
    return start.length == 9 && start[8] == '{';
  }
}
