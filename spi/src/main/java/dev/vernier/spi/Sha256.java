package dev.vernier.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256, the hash by which datasets, weights and distances are told apart. */
public final class Sha256 {
  private final MessageDigest digest = digest();

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** That of a file in hexadecimal, as other tools print it. */
  public static String ofFile(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  /** That of a stream's rest in hexadecimal; the stream stays the caller's to close. */
  @SuppressWarnings("resource") // closing it would close the caller's
  public static String of(InputStream in) throws IOException {
    DigestInputStream hashed = new DigestInputStream(in, digest());
    hashed.transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
  }

  /** Adds bytes. */
  public Sha256 add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** Adds the bytes from the buffer's position to its limit. */
  public Sha256 add(ByteBuffer bytes) {
    digest.update(bytes);
    return this;
  }

  /** The hash of all that was added, in hexadecimal; ends this. */
  public String hexadecimal() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
