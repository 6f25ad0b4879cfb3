package dev.vernier.weights;

import dev.vernier.spi.UsageException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
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
  private static final int MAX_PICKLE = 256 << 20;

  /** Letters of the longer name of one. */
  private static final int BYTE_ORDER = "little".length();

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
    } catch (ZipException | EOFException e) {
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
                          file + " is a zip, but not a PyTorch checkpoint: it has no data.pkl"));
      root = pickle.getName().substring(0, pickle.getName().length() - "data.pkl".length());
      checkByteOrder();
      tensors = TorchTensors.of(file, unpickle(pickle));
    } catch (ZipException | EOFException e) {
      zip.close();
      throw TensorUnpickler.damaged(file, e);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private void checkByteOrder() throws IOException {
    ZipEntry order = zip.getEntry(root + "byteorder");
    if (order != null) {
      try (InputStream in = zip.getInputStream(order)) {
        String text = new String(in.readNBytes(BYTE_ORDER), StandardCharsets.US_ASCII).strip();
        if (!text.equals("little")) {
          throw new UsageException(
              file
                  + " has byte order '"
                  + text.replaceAll("\\P{Graph}", "?")
                  + "': save it again on a little-endian machine");
        }
      }
    }
  }

  private Object unpickle(ZipEntry pickle) throws IOException {
    byte[] bytes;
    try (InputStream in = zip.getInputStream(pickle)) {
      // What a zip says of sizes may be a lie.
      bytes = in.readNBytes(MAX_PICKLE + 1);
    }
    if (bytes.length > MAX_PICKLE) {
      throw new UsageException(
          file + " holds a pickle of more than 256 MiB: it is not a checkpoint of weights");
    }
    return new TensorUnpickler(file, bytes.length).load(new ByteArrayInputStream(bytes));
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
    if (entry == null || entry.getSize() < tensor.storageLength() * tensor.type().bytes()) {
      throw cutOff(name);
    }
    int covered = tensors.bytes(name);
    try (InputStream in = zip.getInputStream(entry)) {
      in.skipNBytes(tensor.firstByte());
      byte[] bytes = in.readNBytes(covered);
      if (bytes.length < covered) {
        throw cutOff(name);
      }
      ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      return Finite.require(tensor.values(values), file, name);
    } catch (ZipException | EOFException e) {
      throw TensorUnpickler.damaged(file, e);
    }
  }

  private UsageException cutOff(String name) {
    return new UsageException(
        file + " is damaged: the values of " + name + " are missing or cut off; download it again");
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
