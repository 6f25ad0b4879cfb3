package dev.vernier.harness.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtocolTest {
  @Test
  void fingerprint_anyOrderOfParts_isTheSame() {
    Map<String, String> forward = new LinkedHashMap<>();
    forward.put("crop", "adm");
    forward.put("n", "50000");
    Map<String, String> backward = new LinkedHashMap<>();
    backward.put("n", "50000");
    backward.put("crop", "adm");
    assertThat(new Protocol(forward).fingerprint())
        .isEqualTo(new Protocol(backward).fingerprint())
        .matches("[0-9a-f]{10}");
  }

  @Test
  void fingerprint_acrossReleases_staysTheSame() {
    // sha256sum of "4:crop3:adm1:n5:50000".
    assertThat(new Protocol(Map.of("n", "50000", "crop", "adm")).fingerprint())
        .isEqualTo("7980f34f0f");
  }

  @Test
  void fingerprint_anyOtherNameOrValue_differs() {
    String fingerprint = new Protocol(Map.of("n", "12", "crop", "adm")).fingerprint();
    assertThat(new Protocol(Map.of("n", "1", "crop", "adm")).fingerprint())
        .isNotEqualTo(fingerprint);
    assertThat(new Protocol(Map.of("n1", "2", "crop", "adm")).fingerprint())
        .isNotEqualTo(fingerprint);
  }

  @Test
  void fingerprint_valueThatLooksLikeTwoParts_differs() {
    assertThat(new Protocol(Map.of("a", "1, b=2")).fingerprint())
        .isNotEqualTo(new Protocol(Map.of("a", "1", "b", "2")).fingerprint());
  }
}
