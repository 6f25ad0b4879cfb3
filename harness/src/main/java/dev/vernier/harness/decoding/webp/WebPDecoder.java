package dev.vernier.harness.decoding.webp;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Decodes WebP files (RFC 9649), with loss or without, to the same bits as libwebp does by default.
 * Transparency and profiles are passed over; of an animation the first picture is read.
 */
public final class WebPDecoder {
  private static final int FILE_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;

  private final ByteBuffer file;

  private WebPDecoder(byte[] file) {
    this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether a file begins as those of this format do. */
  public static boolean recognizes(byte[] file) {
    return file.length >= FILE_HEADER && tag(file, 0).equals("RIFF") && tag(file, 8).equals("WEBP");
  }

  private static String tag(byte[] file, int at) {
    return new String(file, at, 4, StandardCharsets.ISO_8859_1);
  }

  static UnusableImageException damaged(String why) {
    return new UnusableImageException("damaged WebP: " + why);
  }

  private static UnusableImageException truncated() {
    return new UnusableImageException("truncated WebP");
  }

  /**
   * Decodes a file.
   *
   * @throws UnusableImageException if it is truncated, damaged or of a kind that is not read
   */
  public static RgbImage decode(byte[] file) throws UnusableImageException {
    WebPDecoder decoder = new WebPDecoder(file);
    long end = decoder.number(4) + CHUNK_HEADER;
    if (end > file.length) {
      throw truncated();
    }
    return decoder.picture(FILE_HEADER, (int) end, false);
  }

  private long number(int at) {
    return file.getInt(at) & 0xffffffffL;
  }

  /** The first picture among some chunks, those of a file or of a frame in it. */
  private RgbImage picture(int from, int end, boolean inFrame) throws UnusableImageException {
    long canvasWidth = 0;
    long canvasHeight = 0;
    int at = from;
    while (at + CHUNK_HEADER <= end) {
      long length = number(at + 4);
      int content = at + CHUNK_HEADER;
      if (content + length > end) {
        throw truncated();
      }
      int contentEnd = (int) (content + length);
      switch (tag(file.array(), at)) {
        case "VP8 " -> {
          return LossyDecoder.decode(file.array(), content, contentEnd);
        }
        case "VP8L" -> {
          return LosslessDecoder.decode(file.array(), content, contentEnd);
        }
        case "VP8X" -> {
          canvasWidth = (number(content + 4) & 0xffffff) + 1;
          canvasHeight = (number(content + 6) >> 8) + 1;
        }
        case "ANMF" -> {
          if (inFrame) {
            throw damaged("a frame within a frame");
          }
          RgbImage frame = picture(content + FRAME_HEADER, contentEnd, true);
          if (frame.width() != canvasWidth || frame.height() != canvasHeight) {
            throw new UnusableImageException(
                "WebP whose first picture is a part of it, which is not read");
          }
          return frame;
        }
        default -> {}
      }
      at = contentEnd + (int) (length % 2);
    }
    throw damaged("no picture");
  }
}
