package dev.vernier.harness.decoding;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Names files of formats that are not read, by how they begin, so that they are refused by name.
 */
final class ForeignFormat {
  /** Where the brand of an ISO media file stands. */
  private static final int BRAND = 8;

  private static final Map<String, String> BEGINNINGS =
      Map.ofEntries(
          Map.entry("\0\0\0\fjP  ", "JPEG 2000"),
          Map.entry("\u00ffO\u00ffQ", "JPEG 2000"),
          Map.entry("\0\0\0\fJXL ", "JPEG XL"),
          Map.entry("\u00ff\n", "JPEG XL"),
          Map.entry("8BPS", "Photoshop"),
          Map.entry("\0\0\1\0", "Windows icon"),
          Map.entry("\0\0\2\0", "Targa"),
          Map.entry("%PDF", "PDF"),
          Map.entry("%!PS", "PostScript"),
          Map.entry("P7\n", "PAM"),
          Map.entry("PF\n", "PFM"),
          Map.entry("Pf\n", "PFM"),
          Map.entry("qoif", "QOI"),
          Map.entry("DDS ", "DDS"),
          Map.entry("v/1\1", "OpenEXR"),
          Map.entry("#?RADIANCE", "Radiance HDR"),
          Map.entry("SIMPLE  =", "FITS"),
          Map.entry("MM\0+", "big-endian BigTIFF"),
          Map.entry("\u0093NUMPY", "NumPy array"),
          Map.entry("PK\3\4", "ZIP archive"),
          Map.entry("\u001f\u008b", "gzip archive"),
          Map.entry("<svg", "SVG"),
          Map.entry("<!DOCTYPE", "page of text"),
          Map.entry("<html", "page of text"));

  private static final Map<String, String> BRANDS =
      Map.of(
          "avif", "AVIF", "avis", "AVIF", "heic", "HEIF", "heix", "HEIF", "mif1", "HEIF", "msf1",
          "HEIF");

  private ForeignFormat() {}

  /** The name of a file's format, where it is one that is known but not read. */
  static Optional<String> of(byte[] file) {
    String head = new String(file, 0, Math.min(file.length, 16), StandardCharsets.ISO_8859_1);
    if (head.startsWith("ftyp", 4) && head.length() >= BRAND + 4) {
      return Optional.of(BRANDS.getOrDefault(head.substring(BRAND, BRAND + 4), "ISO media"));
    }
    return BEGINNINGS.entrySet().stream()
        .filter(each -> head.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
