package dev.vernier.harness.data;

import dev.vernier.spi.LabelledImage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over what a dataset consists of. */
final class ContentHash {
  private final MessageDigest digest;

  ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  ContentHash add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return add(bytes);
  }

  ContentHash add(byte[] bytes) {
    digest.update(String.valueOf(bytes.length).getBytes(StandardCharsets.US_ASCII));
    digest.update((byte) ':');
    digest.update(bytes);
    return this;
  }

  ContentHash add(List<LabelledImage> images) {
    for (LabelledImage image : images) {
      add(image.id()).add(String.valueOf(image.label())).add(image.rgb());
    }
    return this;
  }

  String hexadecimal() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
