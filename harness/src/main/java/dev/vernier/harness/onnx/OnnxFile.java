package dev.vernier.harness.onnx;

import dev.vernier.spi.Sha256;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model's file. Its hash stands for the model, so it must hold all of it: ONNX may keep arrays in
 * files beside.
 *
 * @param path where it is
 */
record OnnxFile(Path path) {
  /** Fields of ModelProto, GraphProto and TensorProto that lead to where an array's values are. */
  private static final int[] DATA_LOCATION = {7, 5, 14};

  private static final long EXTERNAL = 1;

  /**
   * The SHA-256 of the file.
   *
   * @throws UsageException if there is no such file, or if it does not hold the whole model
   */
  String hash() throws IOException {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new UsageException("there is no readable file " + path + ": give an ONNX model");
    }
    try (FileChannel channel = FileChannel.open(path)) {
      if (channel.size() <= Integer.MAX_VALUE
          && external(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), 0)) {
        throw new UsageException(
            path
                + " keeps its weights in another file: export it with them inside"
                + " (torch.onnx.export: external_data=False)");
      }
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new UsageException(path + " is not an ONNX model, or is damaged: export it again", e);
    }
    return Sha256.ofFile(path);
  }

  /** Whether a protocol buffers message leads to a value {@link #EXTERNAL}. */
  private static boolean external(ByteBuffer message, int depth) {
    while (message.hasRemaining()) {
      long key = varint(message);
      boolean leads = key >>> 3 == DATA_LOCATION[depth];
      boolean last = depth == DATA_LOCATION.length - 1;
      switch ((int) key & 7) {
        case 0 -> {
          if (varint(message) == EXTERNAL && leads && last) {
            return true;
          }
        }
        case 1 -> skip(message, Long.BYTES);
        case 2 -> {
          ByteBuffer inner = skip(message, varint(message));
          if (leads && !last && external(inner, depth + 1)) {
            return true;
          }
        }
        case 5 -> skip(message, Integer.BYTES);
        default -> throw new IllegalArgumentException("wire type " + (key & 7));
      }
    }
    return false;
  }

  private static ByteBuffer skip(ByteBuffer message, long length) {
    int from = message.position();
    int to = (int) Math.min(from + length, Integer.MAX_VALUE);
    message.position(to);
    return message.slice(from, to - from);
  }

  private static long varint(ByteBuffer message) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = message.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number without an end");
  }
}
