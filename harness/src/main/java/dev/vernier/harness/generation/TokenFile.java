package dev.vernier.harness.generation;

import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.Tokens;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Tokens of a series of images in a file that only grows: little-endian 32-bit integers. */
final class TokenFile implements AutoCloseable {
  private final FileChannel channel;
  private final GeneratorSpec spec;
  private final int indices;

  TokenFile(Path file, GeneratorSpec spec) throws IOException {
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.spec = spec;
    this.indices = spec.subCodebooks().size() * spec.gridHeight() * spec.gridWidth();
  }

  /** Sub-tokens of an image. */
  int subTokens() {
    return indices;
  }

  /** How many whole images there are. */
  long images() throws IOException {
    return channel.size() / bytes();
  }

  private long bytes() {
    return (long) indices * Integer.BYTES;
  }

  /** Forgets all but the first images. */
  void keep(long images) throws IOException {
    channel.truncate(images * bytes());
  }

  /** Adds images at the end. */
  void add(Tokens tokens) throws IOException {
    ByteBuffer buffer = buffer(tokens.batch());
    buffer.asIntBuffer().put(tokens.toArray());
    channel.position(channel.size());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    channel.force(false);
  }

  /** Some of the images. */
  Tokens read(long first, int count) throws IOException {
    ByteBuffer buffer = buffer(count);
    long at = first * bytes();
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        throw new EOFException("the tokens of image " + first + " are gone: draw them again");
      }
      at += read;
    }
    int[] all = new int[count * indices];
    buffer.flip();
    buffer.asIntBuffer().get(all);
    return new Tokens(all, count, spec.subCodebooks(), spec.gridHeight(), spec.gridWidth());
  }

  private ByteBuffer buffer(int count) {
    return ByteBuffer.allocate(Math.toIntExact(count * bytes())).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
