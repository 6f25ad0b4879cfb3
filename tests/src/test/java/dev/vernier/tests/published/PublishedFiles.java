package dev.vernier.tests.published;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Checkpoints as Open-MAGVIT2 and IBQ publish them, but small, and of random weights. */
public final class PublishedFiles {
  private static final List<Integer> F4 = List.of(1, 2, 4);

  private PublishedFiles() {}

  /** One of 2^18 codes. */
  public static void openMagvit(Path file) throws IOException {
    new PublishedArrays(32, F4, 18).openMagvit().write(file, "state_dict.");
  }

  /** One of 64 codes. */
  public static void ibq(Path file) throws IOException {
    new PublishedArrays(32, F4, 16, 4).tamingFrame().quantizer(64, 16).write(file, "state_dict.");
  }
}
