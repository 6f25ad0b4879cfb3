package dev.vernier.harness.images;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/** The content of an entry of a zip file, compared with the entry's checksum at its end. */
final class ChecksummedEntry extends CheckedInputStream {
  private final ZipEntry entry;
  private long read;

  ChecksummedEntry(InputStream content, ZipEntry entry) {
    super(content, new CRC32());
    this.entry = entry;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = super.read(bytes, from, length);
    count(Math.max(0, count));
    return count;
  }

  private void count(int more) throws ZipException {
    read += more;
    if (read == entry.getSize() && getChecksum().getValue() != entry.getCrc()) {
      throw new ZipException("wrong checksum of " + entry.getName());
    }
  }
}
