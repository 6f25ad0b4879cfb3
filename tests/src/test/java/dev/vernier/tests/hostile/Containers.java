package dev.vernier.tests.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Formats whose checksums would catch a change before the reader that it is meant for. */
final class Containers {
  private static final int PNG_SIGNATURE = 8;

  private Containers() {}

  /** A zip, one of whose entries is changed. */
  static byte[] changedInside(byte[] zip, Mutator mutator) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    Path file = Files.createTempFile("intact", ".zip");
    try (ZipFile in = new ZipFile(Files.write(file, zip).toFile())) {
      for (ZipEntry each : in.stream().toList()) {
        entries.put(each.getName(), in.getInputStream(each).readAllBytes());
      }
    } finally {
      Files.delete(file);
    }
    List<String> names = new ArrayList<>(entries.keySet());
    String changed = mutator.any(names);
    entries.put(changed, mutator.mutate(entries.get(changed), entries.get(mutator.any(names))));
    return zip(entries);
  }

  static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(each.getKey()));
        out.write(each.getValue());
      }
    }
    return bytes.toByteArray();
  }

  /** A PNG whose chunks have the checksums of what is in them. */
  static byte[] checked(byte[] png) {
    ByteBuffer buffer = ByteBuffer.wrap(png);
    for (int at = PNG_SIGNATURE; at <= png.length - 12; ) {
      int length = buffer.getInt(at);
      if (length < 0 || length > png.length - at - 12) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(png, at + 4, length + 4);
      buffer.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
    return png;
  }
}
