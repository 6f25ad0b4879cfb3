package dev.vernier.reports.html;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What a page brings besides its text.
 *
 * @param style its style sheet
 * @param script its script
 */
public record Assets(String style, String script) {
  private static final String FOLDER = "/dev/vernier/reports/html/";

  static Assets read() throws IOException {
    return new Assets(text("page.css"), text("page.js"));
  }

  private static String text(String file) throws IOException {
    try (InputStream in = Assets.class.getResourceAsStream(FOLDER + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * The content security policy: this style, this script and images inside the page, whatever a
   * name on it says; nothing from anywhere else.
   */
  public String policy() {
    return "default-src 'none'; img-src data:; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
        .formatted(hash(style), hash(script));
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
