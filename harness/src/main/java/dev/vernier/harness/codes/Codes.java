package dev.vernier.harness.codes;

import dev.vernier.spi.Tokens;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The codes of the images of a split, in a file that is mapped into memory. Immutable. */
public final class Codes {
  private static final int LARGEST_MAPPING = 1 << 30;
  private final CodeSource source;
  private final String hash;
  private final double seconds;
  private final List<IntBuffer> parts = new ArrayList<>();
  private final int imagesPerPart;

  /**
   * Maps a file.
   *
   * @param hash of its content
   * @param seconds that encoding took
   */
  Codes(Path file, CodeSource source, String hash, double seconds) throws IOException {
    this.source = source;
    this.hash = hash;
    this.seconds = seconds;
    this.imagesPerPart = LARGEST_MAPPING / source.bytes();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int first = 0; first < source.images(); first += imagesPerPart) {
        long count = Math.min(imagesPerPart, source.images() - first);
        parts.add(
            channel
                .map(MapMode.READ_ONLY, (long) first * source.bytes(), count * source.bytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer());
      }
    }
  }

  /** What they are made from. */
  public CodeSource source() {
    return source;
  }

  /** SHA-256 of all codes and labels. */
  public String hash() {
    return hash;
  }

  /** How many images there are, each view of one counted. */
  public long views() {
    return (long) source.views() * source.images();
  }

  /** Seconds that encoding all views of all images took, whoever did it. */
  public double seconds() {
    return seconds;
  }

  /** The class of an image, or -1 where it is not known. */
  public int label(int image) {
    return parts.get(image / imagesPerPart).get(start(image));
  }

  /**
   * The codes of some images.
   *
   * @param views number of the view of each; 0 is the image itself, or its first crop
   */
  public Tokens tokens(int[] images, int[] views) {
    int each = source.indices();
    int[] indices = new int[images.length * each];
    for (int i = 0; i < images.length; i++) {
      int at = start(images[i]) + 1 + views[i] * each;
      parts.get(images[i] / imagesPerPart).get(at, indices, i * each, each);
    }
    return new Tokens(
        indices, images.length, source.subCodebooks(), source.rows(), source.columns());
  }

  private int start(int image) {
    return image % imagesPerPart * (source.bytes() / Integer.BYTES);
  }
}
