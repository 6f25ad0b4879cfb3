package dev.vernier.harness.tensorboard;

import dev.vernier.records.FullDisk;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The scalars of one run of TensorBoard. A run that goes on has a further file, whose first event
 * makes readers forget the steps that are taken again.
 */
public final class EventFile implements AutoCloseable {
  private static final String VERSION = "brain.Event:2";
  private static final long SESSION_START = 1;
  private static final long FLUSH_MILLISECONDS = 2000;
  private static final int CHECKSUM_MASK = 0xa282ead8;

  private final Path file;
  private final Clock clock;
  private final OutputStream out;
  private long flushed;

  /**
   * Begins a file in a folder, which is made where there is none.
   *
   * @param step that the run begins after; events of later steps in earlier files are void
   */
  public EventFile(Path folder, long step) throws IOException {
    this(folder, step, Clock.systemUTC());
  }

  EventFile(Path folder, long step, Clock clock) throws IOException {
    this.clock = clock;
    try {
      Files.createDirectories(folder);
      this.file = unused(folder, clock.millis());
      this.out = new BufferedOutputStream(Files.newOutputStream(file));
    } catch (IOException e) {
      throw FullDisk.explained(folder, e);
    }
    write(event(0).add(3, VERSION));
    write(event(step + 1).add(7, new ProtoMessage().add(1, SESSION_START)));
  }

  /** Readers take files in the order of their names. */
  private static Path unused(Path folder, long milliseconds) {
    String name = "events.out.tfevents.%013d.vernier";
    long number = milliseconds;
    while (Files.exists(folder.resolve(name.formatted(number)))) {
      number++;
    }
    return folder.resolve(name.formatted(number));
  }

  private ProtoMessage event(long step) {
    return new ProtoMessage().add(1, clock.millis() / 1e3).add(2, step);
  }

  /** Writes numbers of a step by name. */
  public void write(long step, Map<String, Double> scalars) throws IOException {
    ProtoMessage summary = new ProtoMessage();
    scalars.forEach(
        (name, value) ->
            summary.add(1, new ProtoMessage().add(1, name).add(2, value.floatValue())));
    write(event(step).add(5, summary));
    if (clock.millis() - flushed > FLUSH_MILLISECONDS) {
      flush();
    }
  }

  private void write(ProtoMessage event) throws IOException {
    byte[] data = event.toBytes();
    byte[] length = ProtoMessage.littleEndian(8).putLong(data.length).array();
    try {
      out.write(length);
      out.write(checksum(length));
      out.write(data);
      out.write(checksum(data));
    } catch (IOException e) {
      throw FullDisk.explained(file, e);
    }
  }

  /** CRC-32C, turned and shifted as TFRecord has it. */
  private static byte[] checksum(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + CHECKSUM_MASK;
    return ProtoMessage.littleEndian(4).putInt(masked).array();
  }

  private void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw FullDisk.explained(file, e);
    }
    flushed = clock.millis();
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      throw FullDisk.explained(file, e);
    }
  }
}
