package dev.vernier.harness.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.records.FullDisk;
import dev.vernier.records.ResultFiles;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file of records of one size that grows at its end, and how long that took in all sessions. How
 * far it is says a second file, {@code NAME.position.json}, written after the records: what a
 * killed writer left behind that is forgotten, and records that were damaged since are begun anew.
 * For one writer at a time.
 */
public final class GrowingFile implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHUNK = 1 << 20;
  private final Path file;
  private final Path positionFile;
  private final FileChannel channel;
  private final int recordBytes;
  private CRC32C checksum = new CRC32C();
  private Position position;

  /**
   * How far a file is.
   *
   * @param records how many there are
   * @param seconds of work on them so far
   * @param checksum CRC-32C of all of them
   */
  public record Position(long records, double seconds, long checksum) {
    static final Position BEGIN = new Position(0, 0, new CRC32C().getValue());
  }

  /** Opens a file, which need not exist; its folder does. */
  public GrowingFile(Path file, int recordBytes) throws IOException {
    this.file = file;
    this.positionFile = positionFile(file);
    this.recordBytes = recordBytes;
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      Position saved = saved();
      boolean there = saved.records() >= 0 && saved.records() * recordBytes <= channel.size();
      this.position = there && isIntact(saved) ? saved : Position.BEGIN;
      if (position.equals(Position.BEGIN)) {
        checksum = new CRC32C();
      }
      channel.truncate(position.records() * recordBytes);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Where the position of a file is kept. */
  public static Path positionFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".position.json");
  }

  private Position saved() throws IOException {
    if (!Files.exists(positionFile)) {
      return Position.BEGIN;
    }
    try {
      return JSON.readValue(positionFile.toFile(), Position.class);
    } catch (JsonProcessingException e) {
      // All can be written again.
      return Position.BEGIN;
    }
  }

  /** Whether the records are what was written; leaves their checksum to go on from. */
  private boolean isIntact(Position saved) throws IOException {
    long end = saved.records() * recordBytes;
    ByteBuffer part = ByteBuffer.allocate((int) Math.min(end, CHUNK));
    for (long at = 0; at < end; at += part.limit()) {
      part.clear().limit((int) Math.min(part.capacity(), end - at));
      fill(part, at);
      checksum.update(part.flip());
    }
    return checksum.getValue() == saved.checksum();
  }

  /** How far the file is. */
  public Position position() {
    return position;
  }

  /**
   * Adds records; they and the position are on the disk when this returns.
   *
   * @param records whole ones
   * @param seconds of work on all records so far
   */
  public void add(ByteBuffer records, double seconds) throws IOException {
    long at = position.records() * recordBytes;
    checksum.update(records.duplicate());
    int bytes = records.remaining();
    try {
      while (records.hasRemaining()) {
        at += channel.write(records, at);
      }
      channel.force(false);
    } catch (IOException e) {
      throw FullDisk.explained(file, at + bytes, e);
    }
    position = new Position(at / recordBytes, seconds, checksum.getValue());
    ResultFiles.writeWhole(positionFile, JSON.writeValueAsBytes(position));
  }

  /**
   * Reads records.
   *
   * @param first number of the first of them
   * @param target is filled from its position to its limit
   */
  public void read(long first, ByteBuffer target) throws IOException {
    fill(target, first * recordBytes);
  }

  private void fill(ByteBuffer target, long from) throws IOException {
    long at = from;
    while (target.hasRemaining()) {
      int read = channel.read(target, at);
      if (read < 0) {
        throw new EOFException("there is no record " + at / recordBytes + " in " + positionFile);
      }
      at += read;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
