package dev.vernier.harness.hashing;

import dev.vernier.spi.Sha256;
import java.nio.charset.StandardCharsets;

/** SHA-256 over a sequence of parts; where one part ends is part of the hash. */
public final class ContentHash {
  private final Sha256 hash = new Sha256();

  /** Adds a text. */
  public ContentHash add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes. */
  public ContentHash add(byte[] bytes) {
    hash.add((bytes.length + ":").getBytes(StandardCharsets.US_ASCII)).add(bytes);
    return this;
  }

  /** The hash of all parts, in hexadecimal; ends this. */
  public String hexadecimal() {
    return hash.hexadecimal();
  }
}
