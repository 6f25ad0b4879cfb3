package dev.vernier.weights;

import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A PyTorch checkpoint as {@code torch.save} writes it since version 1.6: a zip with a pickle and
 * one entry a storage. The pickle is read by {@link TensorUnpickler}, which knows tensors and
 * containers only.
 */
public final class TorchCheckpoint implements WeightFile {
  private static final long MAX_PICKLE = 256L << 20;

  private final Path file;
  private final ZipFile zip;
  private final String root;
  private final TorchTensors tensors;

  /**
   * Opens a checkpoint.
   *
   * @throws UsageException if it is damaged, of the wrong byte order, or names anything but tensors
   *     and containers
   */
  public TorchCheckpoint(Path file) throws IOException {
    this.file = file;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw TensorUnpickler.damaged(file, e);
    }
    try {
      ZipEntry pickle =
          zip.stream()
              .filter(
                  entry ->
                      entry.getName().endsWith("/data.pkl") || entry.getName().equals("data.pkl"))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UsageException(
                          file + " is a zip, but no PyTorch checkpoint: it has no data.pkl"));
      root = pickle.getName().substring(0, pickle.getName().length() - "data.pkl".length());
      checkByteOrder();
      tensors = TorchTensors.of(file, unpickle(pickle));
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private void checkByteOrder() throws IOException {
    ZipEntry order = zip.getEntry(root + "byteorder");
    if (order != null && order.getSize() < 64) {
      try (InputStream in = zip.getInputStream(order)) {
        String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        if (!text.equals("little")) {
          throw new UsageException(
              file + " has byte order '" + text + "': save it again on a little-endian machine");
        }
      }
    }
  }

  private Object unpickle(ZipEntry pickle) throws IOException {
    if (pickle.getSize() > MAX_PICKLE) {
      throw new UsageException(
          file
              + " holds a pickle of "
              + pickle.getSize()
              + " bytes: it is no checkpoint of weights");
    }
    try (InputStream in = zip.getInputStream(pickle)) {
      return new TensorUnpickler(file).load(in);
    }
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
    ZipEntry entry = zip.getEntry(root + "data/" + tensor.storage());
    long needed = tensor.storageLength() * tensor.type().bytes();
    if (entry == null || entry.getSize() < needed || needed > Integer.MAX_VALUE) {
      throw new UsageException(
          file + " is damaged: the values of " + name + " are missing or cut off; get it again");
    }
    float[] storage;
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) needed);
      storage =
          tensor
              .type()
              .floats(
                  ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN),
                  (int) tensor.storageLength());
    } catch (ZipException e) {
      throw new UsageException(file + " is damaged (" + e.getMessage() + "): get it again", e);
    }
    return Finite.require(tensor.gather(storage), file, name);
  }

  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
