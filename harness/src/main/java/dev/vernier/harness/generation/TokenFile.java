package dev.vernier.harness.generation;

import dev.vernier.harness.files.GrowingFile;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.Tokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Tokens of a series of images in a file that only grows: little-endian 32-bit integers. */
final class TokenFile implements AutoCloseable {
  private final GrowingFile file;
  private final GeneratorSpec spec;
  private final int indices;

  TokenFile(Path file, GeneratorSpec spec) throws IOException {
    this.spec = spec;
    this.indices = spec.subCodebooks().size() * spec.gridHeight() * spec.gridWidth();
    this.file = new GrowingFile(file, indices * Integer.BYTES);
  }

  /** Sub-tokens of an image. */
  int subTokens() {
    return indices;
  }

  /** How many images there are, and how long they took. */
  GrowingFile.Position position() {
    return file.position();
  }

  /**
   * Adds images at the end.
   *
   * @param seconds of drawing all images so far
   */
  void add(Tokens tokens, double seconds) throws IOException {
    ByteBuffer buffer = buffer(tokens.batch());
    buffer.asIntBuffer().put(tokens.toArray());
    file.add(buffer, seconds);
  }

  /** Some of the images. */
  Tokens read(long first, int count) throws IOException {
    ByteBuffer buffer = buffer(count);
    file.read(first, buffer);
    int[] all = new int[count * indices];
    buffer.flip();
    buffer.asIntBuffer().get(all);
    return new Tokens(all, count, spec.subCodebooks(), spec.gridHeight(), spec.gridWidth());
  }

  private ByteBuffer buffer(int count) {
    return ByteBuffer.allocate(Math.multiplyExact(count, indices * Integer.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
