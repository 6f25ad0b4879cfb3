package dev.vernier.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryAdviceTest {
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "Java heap space",
        "GC overhead limit exceeded",
        "Requested array size exceeds VM limit",
        "Required array size too large"
      })
  void fullHeap_getsTheOptionThatEnlargesIt(String message) {
    assertThat(MemoryAdvice.of(new OutOfMemoryError(message), 512))
        .contains("heap of 512 MiB", "VERNIER_JAVA_OPTIONS=-Xmx1024m", "fewer --workers")
        .hasLineCount(1);
  }

  @Test
  void driverOfACluster_isToldTheOptionOfSparkSubmit() {
    System.setProperty(JavaOptions.SUBMITTED, "cluster");
    try {
      assertThat(MemoryAdvice.of(new OutOfMemoryError("Java heap space"), 512))
          .contains("such as --driver-memory 1024m")
          .doesNotContain("VERNIER_JAVA_OPTIONS");
    } finally {
      System.clearProperty(JavaOptions.SUBMITTED);
    }
  }

  @Test
  void usedUpNativeMemory_isNotMendedByALargerHeap() {
    OutOfMemoryError error =
        new OutOfMemoryError(
            "Physical memory usage is too high: physicalBytes (9G) > maxPhysicalBytes (8G)");
    assertThat(MemoryAdvice.of(error, 512))
        .contains("native arrays", "9G", "--cell-memory", "fewer --workers")
        .doesNotContain("-Xmx");
  }
}
