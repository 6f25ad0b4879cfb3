package dev.vernier.harness.images;

import dev.vernier.spi.UsageException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A {@code .npz} or {@code .npy} file of any size: which arrays it holds, and their numbers. */
public final class NumpyFile {
  static final String END = ".npy";
  private static final LocalDateTime FIRST_OF_ZIP = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Path path;
  private final boolean single;

  private NumpyFile(Path path, boolean single) {
    this.path = path;
    this.single = single;
  }

  /**
   * An array of the file.
   *
   * @param name as NumPy has it; that of the file for a {@code .npy}
   * @param bytes of its numbers
   */
  public record Member(String name, NumpyHeader header, long bytes) {
    /** What it is, such as {@code arr_0 uint8 [6, 64, 64, 3]}. */
    public String description() {
      return name + " " + header.description();
    }
  }

  /**
   * A file.
   *
   * @throws UsageException if it begins as neither of both does
   */
  public static NumpyFile of(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      int first = in.read();
      if (first != 0x93 && first != 'P') {
        throw new UsageException(
            path
                + " is not an .npz or .npy file, or damaged: write it again, or name a folder of images");
      }
      return new NumpyFile(path, first == 0x93);
    }
  }

  /** Whether it is a {@code .npy}, of one array that has no name. */
  public boolean single() {
    return single;
  }

  /**
   * The arrays, in their order.
   *
   * @throws UsageException if the file is damaged
   */
  public List<Member> members() throws IOException {
    List<Member> members = new ArrayList<>();
    if (single) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
        NumpyHeader header = NumpyHeader.read(path.toString(), in);
        String file = path.getFileName().toString();
        String name = file.endsWith(END) ? file.substring(0, file.length() - END.length()) : file;
        return List.of(new Member(name, header, Files.size(path) - header.start()));
      }
    }
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (ZipEntry entry : zip.stream().filter(each -> each.getName().endsWith(END)).toList()) {
        String name = entry.getName().substring(0, entry.getName().length() - END.length());
        try (InputStream in = content(zip, entry)) {
          NumpyHeader header = NumpyHeader.read(path + ":" + entry.getName(), in);
          members.add(new Member(name, header, entry.getSize() - header.start()));
        }
      }
    } catch (ZipException | EOFException e) {
      throw damaged(path, e);
    }
    return members;
  }

  /** Begins an array of a {@code .npz} file, at the time that NumPy has for all of them. */
  static void begin(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name + END);
    entry.setTimeLocal(FIRST_OF_ZIP);
    zip.putNextEntry(entry);
  }

  /**
   * The content of an entry. Whoever reads its last byte is told if it is not what was written: a
   * zip file knows its checksum, and {@link ZipFile} does not compare it.
   *
   * @return fails with a {@link ZipException} at the end of what is damaged
   */
  static InputStream content(ZipFile zip, ZipEntry entry) throws IOException {
    return new ChecksummedEntry(zip.getInputStream(entry), entry);
  }

  /** What is said of a file that is damaged. */
  public static UsageException damaged(Path path, IOException e) {
    return new UsageException(path + " is not an .npz file, or damaged: write it again", e);
  }

  /** The numbers of an array as they lie in the file; the caller closes the stream. */
  public InputStream numbers(Member member) throws IOException {
    InputStream in = single ? Files.newInputStream(path) : entry(member);
    try {
      in.skipNBytes(member.header().start());
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private InputStream entry(Member member) throws IOException {
    ZipFile zip = new ZipFile(path.toFile());
    return new FilterInputStream(content(zip, zip.getEntry(member.name() + END))) {
      @Override
      public void close() throws IOException {
        zip.close();
      }
    };
  }
}
