package dev.vernier.nets.published;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the floats or bytes of a NumPy file of version 1.0. */
final class Npy {
  private static final int HEADER = 10;

  private Npy() {}

  static float[] read(InputStream in) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    int length = file.getShort(HEADER - 2);
    String header = new String(file.array(), HEADER, length, StandardCharsets.US_ASCII);
    file.position(HEADER + length);
    if (header.contains("'<f4'")) {
      float[] values = new float[file.remaining() / Float.BYTES];
      file.asFloatBuffer().get(values);
      return values;
    }
    float[] values = new float[file.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = file.get() & 0xff;
    }
    return values;
  }
}
