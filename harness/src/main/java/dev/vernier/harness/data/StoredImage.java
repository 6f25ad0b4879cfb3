package dev.vernier.harness.data;

import dev.vernier.harness.decoding.ImageDecoder;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.images.UnusableImageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An image in a file, read whenever it is asked for. */
record StoredImage(Path path) {
  /** Bytes of an array, at most. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  /**
   * The content of the file.
   *
   * @throws UnusableImageException if there is none
   */
  byte[] bytes() throws UnusableImageException {
    try {
      if (Files.size(path) > MOST) {
        throw new UnusableImageException("a file of more than 2 GiB");
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw absence();
    } catch (AccessDeniedException e) {
      throw new UnusableImageException("it may not be read");
    } catch (IOException e) {
      throw new UnusableImageException("it cannot be read: " + e.getMessage());
    }
  }

  /** What is said where the file is not there. */
  UnusableImageException absence() {
    return new UnusableImageException(
        Files.isSymbolicLink(path) ? "a link that leads nowhere" : "it is not there any more");
  }

  /**
   * The picture.
   *
   * @throws UnusableImageException if there is none
   */
  RgbImage decode() throws UnusableImageException {
    return ImageDecoder.decode(bytes());
  }
}
