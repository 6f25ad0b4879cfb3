package dev.vernier.nets.published;

import dev.vernier.spi.Sha256;
import java.nio.charset.StandardCharsets;

/** One hash for weights that lie in several files. */
final class CombinedHash {
  private CombinedHash() {}

  /** SHA-256 over the files' hashes in hexadecimal, in their order. */
  static String of(String... hashes) {
    Sha256 all = new Sha256();
    for (String hash : hashes) {
      all.add(hash.getBytes(StandardCharsets.US_ASCII));
    }
    return all.hexadecimal();
  }
}
