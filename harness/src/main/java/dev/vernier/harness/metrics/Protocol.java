package dev.vernier.harness.metrics;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exactly how a number is computed; two numbers may be compared only if their protocols are equal.
 *
 * @param parts each part by name: reference set, crop, rounding, features with the hash of their
 *     weights, sample count, the metric's own parameters
 */
public record Protocol(Map<String, String> parts) {
  private static final int LENGTH = 10;

  /** Sorts the parts. */
  public Protocol {
    parts = Collections.unmodifiableMap(new TreeMap<>(parts));
  }

  /** This protocol with more parts. */
  public Protocol with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(parts);
    all.putAll(more);
    return new Protocol(all);
  }

  /**
   * Ten hexadecimal digits that stand for all parts: the beginning of a SHA-256. Each text enters
   * with its length, so no two protocols hash the same bytes.
   */
  public String fingerprint() {
    MessageDigest digest = sha256();
    parts.forEach(
        (name, value) -> {
          add(digest, name);
          add(digest, value);
        });
    return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
