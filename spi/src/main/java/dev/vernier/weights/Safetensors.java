package dev.vernier.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vernier.records.WholeFile;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The safetensors format: a length, a JSON header, then the values, little-endian. */
public final class Safetensors implements WeightFile {
  private static final int LENGTH_BYTES = 8;
  private static final long MAX_HEADER = 100L << 20;

  /** Numbers at a time: the bytes of a large array are more than a buffer can hold. */
  private static final int CHUNK = 1 << 20;

  /** Values of an array, at most, that a header may announce; and that are read. */
  private static final long MOST_VALUES = 1L << 48;

  private static final int MOST_READ = Integer.MAX_VALUE - 8;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path file;
  private final FileChannel channel;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private long dataStart;

  private Safetensors(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws UsageException if it is no safetensors file, or damaged
   */
  public static Safetensors open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    Safetensors opened = new Safetensors(file, channel);
    try {
      opened.readHeader();
      return opened;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void readHeader() throws IOException {
    long length = channel.size() < LENGTH_BYTES ? -1 : bytes(0, LENGTH_BYTES).getLong();
    if (length < 2 || length > MAX_HEADER || length > channel.size() - LENGTH_BYTES) {
      throw damaged("its header would be " + length + " bytes of " + channel.size());
    }
    dataStart = LENGTH_BYTES + length;
    JsonNode header;
    try {
      header =
          JSON.readTree(
              StandardCharsets.UTF_8.decode(bytes(LENGTH_BYTES, (int) length)).toString());
    } catch (JsonProcessingException e) {
      throw damaged("its header is not JSON: " + e.getOriginalMessage());
    }
    if (!(header instanceof ObjectNode object)) {
      throw damaged("its header is not a JSON object");
    }
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().equals("__metadata__")) {
        field
            .getValue()
            .properties()
            .forEach(each -> metadata.put(each.getKey(), each.getValue().asText()));
      } else {
        entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
      }
    }
  }

  private Entry entry(String name, JsonNode node) throws IOException {
    String type = node.path("dtype").asText();
    JsonNode sides = node.path("shape");
    long[] shape = new long[sides.size()];
    long count = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sides.get(i).asLong(-1);
      if (shape[i] < 0 || (shape[i] > 0 && count > MOST_VALUES / shape[i])) {
        throw damaged(name + " has the impossible shape " + sides);
      }
      count *= shape[i];
    }
    long from = node.path("data_offsets").path(0).asLong(-1);
    long to = node.path("data_offsets").path(1).asLong(-1);
    Optional<NumberType> known = NumberType.of(type);
    boolean fits = known.isEmpty() || to - from == count * known.get().bytes();
    if (from < 0 || to < from || !fits || to > channel.size() - dataStart) {
      throw damaged(
          name
              + " should lie at bytes "
              + from
              + " to "
              + to
              + ", which does not fit its shape or the file");
    }
    return new Entry(type, shape, from, count);
  }

  /** All bytes of the file that was opened, whatever lies in its place by now. */
  public byte[] content() throws IOException {
    return bytes(0, Math.toIntExact(channel.size())).array();
  }

  private UsageException damaged(String why) {
    return new UsageException(
        file + " is not an intact safetensors file: " + why + "; get or write it again");
  }

  private ByteBuffer bytes(long from, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw damaged("it ends too early");
      }
    }
    return buffer.flip();
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  @Override
  public long[] shape(String name) {
    return known(name).shape().clone();
  }

  private Entry known(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new UsageException(
          file + " has no array " + name + ": it is not the file that was asked for");
    }
    return entry;
  }

  @Override
  public float[] read(String name) throws IOException {
    Entry entry = known(name);
    NumberType type =
        NumberType.of(entry.type())
            .orElseThrow(
                () ->
                    new UsageException(
                        file
                            + ": the type of "
                            + name
                            + ", '"
                            + entry.type()
                            + "', is not read: convert it to F32 or F16"));
    if (entry.count() > MOST_READ) {
      throw new UsageException(
          file
              + ": "
              + name
              + " has "
              + entry.count()
              + " values, at most "
              + MOST_READ
              + " are read");
    }
    float[] values = new float[(int) entry.count()];
    long at = dataStart + entry.from();
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      int size = count * type.bytes();
      System.arraycopy(type.floats(bytes(at, size), count), 0, values, from, count);
      at += size;
    }
    return Finite.require(values, file, name);
  }

  @Override
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /**
   * Writes arrays as 32-bit floats. The file appears whole, whoever else writes it at the same
   * time.
   *
   * @param arrays by name, in the order of the file
   * @param metadata what the file shall say of itself
   */
  public static void write(Path file, Map<String, Tensor> arrays, Map<String, String> metadata)
      throws IOException {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode meta = header.putObject("__metadata__");
    metadata.forEach(meta::put);
    long offset = 0;
    for (Map.Entry<String, Tensor> each : arrays.entrySet()) {
      ObjectNode node = header.putObject(each.getKey()).put("dtype", "F32");
      for (long side : each.getValue().shape()) {
        node.withArray("shape").add(side);
      }
      if (each.getValue().shape().length == 0) {
        node.putArray("shape");
      }
      long end = offset + Float.BYTES * each.getValue().length();
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = JSON.writeValueAsBytes(header);
    long bytes = LENGTH_BYTES + text.length + offset;
    WholeFile.write(file, bytes, beside -> writeTo(beside, text, arrays));
  }

  private static void writeTo(Path path, byte[] header, Map<String, Tensor> arrays)
      throws IOException {
    try (FileChannel out =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeAll(
          out,
          ByteBuffer.allocate(LENGTH_BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(header.length)
              .flip());
      writeAll(out, ByteBuffer.wrap(header));
      for (Map.Entry<String, Tensor> each : arrays.entrySet()) {
        float[] values = each.getValue().values().get();
        if (values.length != each.getValue().length()) {
          throw new IllegalArgumentException(
              each.getKey()
                  + " has "
                  + values.length
                  + " values, its shape has "
                  + each.getValue().length());
        }
        write(out, values);
      }
      out.force(true);
    }
  }

  private static void write(FileChannel out, float[] values) throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate(Float.BYTES * Math.min(CHUNK, values.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      buffer.clear();
      buffer.asFloatBuffer().put(values, from, count);
      writeAll(out, buffer.limit(Float.BYTES * count));
    }
  }

  private static void writeAll(FileChannel out, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  /**
   * An array to write.
   *
   * @param shape its sides
   * @param values row-major, asked for once, when they are written: those of a large model do not
   *     all fit into the heap
   */
  @SuppressWarnings("ArrayRecordComponent") // passed straight to the writer
  public record Tensor(long[] shape, Supplier<float[]> values) {
    /** An array that is there already. */
    public Tensor(long[] shape, float[] values) {
      this(shape, () -> values);
    }

    private long length() {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never leaves this class
  private record Entry(String type, long[] shape, long from, long count) {}
}
