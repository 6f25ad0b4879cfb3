package dev.vernier.harness.evaluation;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.NumpyFile;
import dev.vernier.harness.images.NumpyHeader;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.machine.TemporaryFolder;
import dev.vernier.spi.UsageException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/**
 * Images in an array of a {@code .npz} or {@code .npy} file: uint8 {@code [images, height, width,
 * 3]}. They are read some at a time, since all of them may be larger than memory: in their order
 * from the file, in any other one from a {@code .npy} or from a temporary copy, since nobody can
 * enter a compressed file in its middle.
 */
final class ArrayImages extends AbstractList<RgbImage> implements RandomAccess, AutoCloseable {
  private static final String FIRST = "arr_0";

  /** The array of the images' names. */
  static final String NAMES = "names";

  private static final int CHANNELS = 3;
  private static final int BLOCK = FeatureTable.BATCH;

  private final Path path;
  private final NumpyFile file;
  private final NumpyFile.Member member;
  private final int count;
  private final int height;
  private final int width;

  /** Numbers behind the last block that was read; null where nothing is open. */
  private InputStream in;

  private int nextBlock;
  private byte[] block = {};

  /** Where images are read in another order than theirs; null until they are. */
  private FileChannel anywhere;

  private long firstPixel;

  private ArrayImages(Path path, NumpyFile file, NumpyFile.Member member) {
    this.path = path;
    this.file = file;
    this.member = member;
    int[] sides = sides(path, member);
    this.count = sides[0];
    this.height = sides[1];
    this.width = sides[2];
    if (member.bytes() != (long) count * imageBytes()) {
      throw cutOff();
    }
  }

  /**
   * The images of a file: those of {@value #FIRST}, else those of the only array that has some.
   *
   * @throws UsageException if there are none, or more than one array of them
   */
  static ArrayImages of(Path path) throws IOException {
    NumpyFile file = NumpyFile.of(path);
    List<NumpyFile.Member> all = file.members();
    List<NumpyFile.Member> some = all.stream().filter(each -> isImages(path, each)).toList();
    NumpyFile.Member chosen =
        some.stream()
            .filter(each -> some.size() == 1 || each.name().equals(FIRST))
            .findFirst()
            .orElseThrow(() -> refused(path, all, some));
    return new ArrayImages(path, file, chosen);
  }

  private static boolean isImages(Path path, NumpyFile.Member member) {
    NumpyHeader header = member.header();
    List<BigInteger> sides = header.sides(path + ":" + member.name());
    return header.type().equals(NumpyHeader.BYTES)
        && !header.columnMajor()
        && sides.size() == 4
        && sides.get(1).signum() > 0
        && sides.get(2).signum() > 0
        && sides.get(3).equals(BigInteger.valueOf(CHANNELS));
  }

  /**
   * What the images are called in the file, in their order: its array of texts {@value #NAMES},
   * such as {@link ExportedImages} writes.
   *
   * @return empty where the file does not say
   * @throws UsageException if they are no texts, or not as many as the images
   */
  Optional<List<String>> names() throws IOException {
    Optional<List<String>> names =
        file.single() ? Optional.empty() : NumpyArray.readTexts(path, NAMES);
    int found = names.map(List::size).orElse(count);
    if (found != count) {
      throw new UsageException(
          "%s has %d names for %d images: write a name for each, in their order, or leave names out"
              .formatted(path, found, count));
    }
    return names;
  }

  private static UsageException refused(
      Path path, List<NumpyFile.Member> all, List<NumpyFile.Member> some) {
    String found =
        (some.isEmpty() ? all : some)
            .stream().map(NumpyFile.Member::description).collect(Collectors.joining(", "));
    if (some.size() > 1) {
      return new UsageException(
          path + " has several arrays of images: " + found + "; name one of them " + FIRST);
    }
    return new UsageException(
        path
            + " has no uint8 [images, height, width, 3] in row-major order but "
            + (all.isEmpty() ? "no array at all" : found)
            + ": write the images so");
  }

  private static int[] sides(Path path, NumpyFile.Member member) {
    List<BigInteger> sides = member.header().sides(path + ":" + member.name());
    BigInteger image = sides.get(1).max(BigInteger.ONE).multiply(sides.get(2).max(BigInteger.ONE));
    if (sides.get(0).bitLength() >= Integer.SIZE
        || image.multiply(BigInteger.valueOf(CHANNELS * BLOCK)).bitLength() >= Integer.SIZE) {
      throw new UsageException(
          path
              + " has the shape ("
              + member.header().shape()
              + "), more than can be read: give a"
              + " folder of images instead");
    }
    return sides.stream().mapToInt(BigInteger::intValueExact).toArray();
  }

  private UsageException cutOff() {
    return new UsageException(path + " is cut off: write it again");
  }

  private int imageBytes() {
    return CHANNELS * height * width;
  }

  /** The size of all of them. */
  int height() {
    return height;
  }

  int width() {
    return width;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public synchronized RgbImage get(int index) {
    try {
      return RgbImage.interleaved(width, height, pixels(index));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] pixels(int index) throws IOException {
    int wanted = index / BLOCK;
    boolean back = wanted < nextBlock - 1 && wanted > 0;
    if (anywhere == null && back) {
      openAnywhere();
    }
    if (anywhere != null) {
      return pixelsAnywhere(index);
    }
    if (wanted != nextBlock - 1) {
      read(wanted);
    }
    int from = index % BLOCK * imageBytes();
    return Arrays.copyOfRange(block, from, from + imageBytes());
  }

  private void openAnywhere() throws IOException {
    if (file.single()) {
      anywhere = FileChannel.open(path, StandardOpenOption.READ);
      firstPixel = member.header().start();
      return;
    }
    Path copy = Files.createTempFile(TemporaryFolder.path(), "vernier-images-", ".raw");
    FileChannel copied =
        FileChannel.open(
            copy,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try (InputStream all = file.numbers(member)) {
      all.transferTo(Channels.newOutputStream(copied));
    } catch (ZipException | EOFException e) {
      copied.close();
      throw NumpyFile.damaged(path, e);
    } catch (IOException e) {
      IOException told = TemporaryFolder.explained(copy, member.bytes(), e);
      copied.close();
      throw told;
    }
    anywhere = copied;
  }

  private byte[] pixelsAnywhere(int index) throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(imageBytes());
    long start = firstPixel + (long) index * imageBytes();
    while (pixels.hasRemaining()) {
      if (anywhere.read(pixels, start + pixels.position()) < 0) {
        throw cutOff();
      }
    }
    return pixels.array();
  }

  private void read(int wanted) throws IOException {
    int length = Math.min(BLOCK, count - wanted * BLOCK) * imageBytes();
    try {
      if (in == null || wanted < nextBlock) {
        closeFile();
        in = file.numbers(member);
        nextBlock = 0;
      }
      in.skipNBytes((long) (wanted - nextBlock) * BLOCK * imageBytes());
      block = in.readNBytes(length);
    } catch (ZipException e) {
      throw NumpyFile.damaged(path, e);
    } catch (EOFException e) {
      throw cutOff();
    }
    if (block.length < length) {
      throw cutOff();
    }
    nextBlock = wanted + 1;
  }

  private void closeFile() throws IOException {
    if (in != null) {
      in.close();
      in = null;
    }
  }

  @Override
  public void close() throws IOException {
    closeFile();
    if (anywhere != null) {
      anywhere.close();
      anywhere = null;
    }
  }
}
