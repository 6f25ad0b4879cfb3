package dev.vernier.harness.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnpackedRuntimeTest {
  @ParameterizedTest
  @CsvSource({
    "linux-x86_64, libonnxruntime.so",
    "linux-arm64, libonnxruntime.so",
    "macosx-x86_64, libonnxruntime.dylib",
    "macosx-arm64, libonnxruntime.dylib",
    "windows-x86_64, onnxruntime.dll"
  })
  void platforms_areThoseOfItsJar(String platform, String library) {
    assertThat(
            OrtEnvironment.class.getResource(
                "/ai/onnxruntime/native/" + UnpackedRuntime.platform(platform) + "/" + library))
        .isNotNull();
  }
}
