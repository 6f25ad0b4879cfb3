package dev.vernier.weights;

import dev.vernier.spi.UsageException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A PyTorch checkpoint as {@code torch.save} wrote it before version 1.6, as many published weights
 * are: five pickles (a magic number, the version, the machine, the object, the keys of the
 * storages), then every storage, its length before its values.
 */
final class LegacyTorchCheckpoint implements WeightFile {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final int VERSION = 1001;

  private final Path file;
  private final FileChannel channel;
  private final TorchTensors tensors;
  private final Map<String, Long> storageStart = new HashMap<>();

  /**
   * Opens a checkpoint.
   *
   * @throws UsageException if it is damaged, of the wrong byte order, or names anything but tensors
   *     and containers
   */
  LegacyTorchCheckpoint(Path file) throws IOException {
    this.file = file;
    try (Counting in = new Counting(new BufferedInputStream(Files.newInputStream(file)))) {
      checkMachine(in);
      TensorUnpickler unpickler = new TensorUnpickler(file, Files.size(file));
      tensors = TorchTensors.of(file, unpickler.load(in));
      if (!(unpickle(in) instanceof List<?> keys)) {
        throw damaged("its storages have no keys");
      }
      for (Object key : keys) {
        String name = TensorUnpickler.text(key);
        locate(name, unpickler.storages().get(name), in);
      }
    } catch (UsageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw TensorUnpickler.damaged(file, e);
    }
    channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  private void checkMachine(InputStream in) throws IOException {
    if (!isNext(MAGIC, in) || !isNext(VERSION, in)) {
      throw new UsageException(file + " is a pickle, but no PyTorch checkpoint");
    }
    if (unpickle(in) instanceof Map<?, ?> machine
        && Boolean.FALSE.equals(machine.get("little_endian"))) {
      throw new UsageException(
          file + " has big-endian values: save it again on a little-endian machine");
    }
  }

  private boolean isNext(Number number, InputStream in) throws IOException {
    return unpickle(in) instanceof Number read && read.toString().equals(number.toString());
  }

  private Object unpickle(InputStream in) throws IOException {
    return new TensorUnpickler(file, Files.size(file)).load(in);
  }

  private void locate(String key, TensorUnpickler.Storage storage, Counting in) throws IOException {
    byte[] length = in.readNBytes(Long.BYTES);
    if (storage == null || length.length < Long.BYTES) {
      throw damaged("storage " + key + " is cut off or unknown");
    }
    long count = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (count != storage.length()) {
      throw damaged("storage " + key + " has " + count + " values");
    }
    storageStart.put(key, in.position);
    in.skipNBytes(Math.multiplyExact(count, (long) storage.type().bytes()));
  }

  private UsageException damaged(String why) {
    return new UsageException(file + " is a damaged PyTorch file: " + why + "; download it again");
  }

  @Override
  public Set<String> names() {
    return tensors.names();
  }

  @Override
  public long[] shape(String name) {
    return tensors.shape(name);
  }

  @Override
  public float[] read(String name) throws IOException {
    TensorUnpickler.TensorReference tensor = tensors.get(name);
    Long start = storageStart.get(tensor.storage());
    if (start == null) {
      throw damaged("the values of " + name + " are missing");
    }
    long first = start + tensor.firstByte();
    int covered = tensors.bytes(name);
    if (first + covered > channel.size()) {
      throw damaged("the values of " + name + " are cut off");
    }
    ByteBuffer values = ByteBuffer.allocate(covered).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      if (channel.read(values, first + values.position()) < 0) {
        throw new EOFException(file + " has become shorter");
      }
    }
    return Finite.require(tensor.values(values.flip()), file, name);
  }

  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Knows how far it has been read. */
  private static final class Counting extends FilterInputStream {
    private long position;
    private long marked;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      position += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      position += Math.max(0, count);
      return count;
    }

    @Override
    public synchronized void mark(int limit) {
      in.mark(limit);
      marked = position;
    }

    @Override
    public synchronized void reset() throws IOException {
      in.reset();
      position = marked;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = in.skip(count);
      position += skipped;
      return skipped;
    }
  }
}
