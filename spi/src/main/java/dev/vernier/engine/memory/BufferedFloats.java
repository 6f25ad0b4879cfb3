package dev.vernier.engine.memory;

import java.nio.FloatBuffer;

/** Floats that Java can reach in place. */
final class BufferedFloats extends Floats {
  private final FloatBuffer buffer;

  BufferedFloats(FloatBuffer buffer) {
    this.buffer = buffer;
  }

  @Override
  public int length() {
    return buffer.capacity();
  }

  @Override
  public void read(int from, float[] target, int targetFrom, int count) {
    buffer.get(from, target, targetFrom, count);
  }

  @Override
  public void write(int from, float[] source, int sourceFrom, int count) {
    buffer.put(from, source, sourceFrom, count);
  }
}
