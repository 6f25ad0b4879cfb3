package dev.vernier.harness.images;

import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipOutputStream;

/**
 * Images in a {@code .npz} file as the evaluator of ADM (Dhariwal and Nichol 2021) reads them:
 * {@code arr_0}, uint8 {@code [images, height, width, 3]}. They are written one by one, since all
 * of them may be larger than memory.
 */
public final class NpzImages implements AutoCloseable {
  private final ZipOutputStream zip;
  private final ImageSize size;

  /**
   * Begins a file.
   *
   * @param count how many images will be added
   */
  public NpzImages(Path file, int count, ImageSize size) throws IOException {
    this.size = size;
    this.zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    NumpyFile.begin(zip, "arr_0");
    zip.write(NumpyArray.header("|u1", count, size.height(), size.width(), 3));
  }

  /** Adds an image. */
  public void add(LabelledImage image) throws IOException {
    int area = size.area();
    byte[] pixels = new byte[3 * area];
    for (int i = 0; i < area; i++) {
      for (int c = 0; c < 3; c++) {
        pixels[3 * i + c] = image.rgb()[c * area + i];
      }
    }
    zip.write(pixels);
  }

  /** Adds another array, once all images are there. */
  public void add(String array, NumpyArray content) throws IOException {
    NumpyFile.begin(zip, array);
    zip.write(content.file());
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
