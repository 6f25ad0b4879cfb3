package dev.vernier.harness.metrics;

import dev.vernier.harness.hashing.ContentHash;
import java.util.Collections;
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
    ContentHash hash = new ContentHash();
    parts.forEach((name, value) -> hash.add(name).add(value));
    return hash.hexadecimal().substring(0, LENGTH);
  }
}
