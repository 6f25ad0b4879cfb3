package dev.vernier.harness.decoding;

import dev.vernier.harness.decoding.jpeg.JpegDecoder;
import dev.vernier.harness.decoding.jpeg.JpegSamples;
import dev.vernier.harness.decoding.webp.WebPDecoder;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import java.nio.BufferUnderflowException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decodes image files to 8-bit RGB: JPEG, PNG, WebP, GIF, BMP, TIFF and PNM. What is read has, bit
 * by bit, the pixels that Python's Pillow gives for it with {@code convert("RGB")}: no colour
 * profile is applied, transparency is dropped, orientations that a camera noted are ignored. Only
 * grey of 16 bits, which Pillow clips, is scaled by its upper 8 bits. Everything else is refused:
 * files that are truncated or damaged, and kinds that have no such pixels, such as floating-point
 * numbers of unknown range. Written in Java throughout, so the pixels depend on neither JVM nor
 * machine.
 */
public final class ImageDecoder {
  private static final List<Format> FORMATS =
      List.of(
          new Format("JPEG", JpegDecoder::recognizes, file -> rgb(JpegDecoder.decode(file))),
          new Format("PNG", PngDecoder::recognizes, PngDecoder::decode),
          new Format("WebP", WebPDecoder::recognizes, WebPDecoder::decode),
          new Format("GIF", GifDecoder::recognizes, GifDecoder::decode),
          new Format("TIFF", TiffDecoder::recognizes, TiffDecoder::decode),
          new Format("BMP", BmpDecoder::recognizes, BmpDecoder::decode),
          new Format("PNM", PnmDecoder::recognizes, PnmDecoder::decode));

  private ImageDecoder() {}

  private interface Decoding {
    RgbImage of(byte[] file) throws UnusableImageException;
  }

  private record Format(String name, Predicate<byte[]> beginning, Decoding decoding) {}

  /**
   * Decodes the bytes of a file, whatever its name.
   *
   * @throws UnusableImageException if they are no image, a truncated or damaged one, or of a kind
   *     that is not read; the message says which
   */
  public static RgbImage decode(byte[] file) throws UnusableImageException {
    if (file.length == 0) {
      throw new UnusableImageException("an empty file");
    }
    for (Format format : FORMATS) {
      if (format.beginning().test(file)) {
        return decode(format, file);
      }
    }
    throw new UnusableImageException(
        ForeignFormat.of(file)
            .map(name -> name + ", which is not read")
            .orElse("not an image of a known format"));
  }

  private static RgbImage decode(Format format, byte[] file) throws UnusableImageException {
    try {
      return format.decoding().of(file);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new UnusableImageException("truncated " + format.name());
    } catch (IllegalArgumentException | ArithmeticException | NegativeArraySizeException e) {
      throw new UnusableImageException("damaged " + format.name());
    }
  }

  /** Whether bytes begin with others. */
  static boolean begins(byte[] file, byte[] head) {
    return file.length >= head.length && Arrays.equals(file, 0, head.length, head, 0, head.length);
  }

  private static RgbImage rgb(JpegSamples jpeg) throws UnusableImageException {
    int area = jpeg.width() * jpeg.height();
    byte[] planes = jpeg.planes();
    switch (jpeg.space()) {
      case YCC -> JpegSamples.toRgb(planes, area);
      case YCCK -> JpegSamples.toCmy(planes, area);
      default -> {}
    }
    if (jpeg.components() == 3) {
      return new RgbImage(jpeg.width(), jpeg.height(), planes);
    }
    Canvas canvas = new Canvas(jpeg.width(), jpeg.height());
    for (int i = 0; i < area; i++) {
      if (jpeg.components() == 1) {
        canvas.grey(i, planes[i]);
      } else {
        // Photoshop writes inks inverted, and Pillow takes all files for Photoshop's.
        canvas.inks(
            i,
            ~planes[i] & 0xff,
            ~planes[area + i] & 0xff,
            ~planes[2 * area + i] & 0xff,
            ~planes[3 * area + i] & 0xff);
      }
    }
    return canvas.image();
  }
}
