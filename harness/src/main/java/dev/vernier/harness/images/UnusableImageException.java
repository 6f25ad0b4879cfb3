package dev.vernier.harness.images;

import java.io.IOException;

/**
 * A file that is no image, or one that is not read. The message says what it is, in a few words.
 */
public final class UnusableImageException extends IOException {
  private static final long serialVersionUID = 1;

  /** With a message such as {@code truncated JPEG}, to stand in brackets behind a file's name. */
  public UnusableImageException(String message) {
    super(message);
  }
}
