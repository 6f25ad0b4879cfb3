package dev.vernier.nets.published;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One hash for weights that lie in several files. */
final class CombinedHash {
  private CombinedHash() {}

  /** SHA-256 over the files' hashes in hexadecimal, in their order. */
  static String of(String... hashes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String hash : hashes) {
        digest.update(hash.getBytes(StandardCharsets.US_ASCII));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
