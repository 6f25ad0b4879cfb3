package dev.vernier.harness.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * The native code of ONNX Runtime, unpacked once for all processes, where JavaCPP keeps that of the
 * other libraries. Left to itself ONNX Runtime unpacks 22 MB in every process, which stay in the
 * folder of temporary files if the process is killed.
 */
final class UnpackedRuntime {
  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

  /** Where ONNX Runtime looks before it unpacks. */
  private static final String FOLDER = property("path");

  private UnpackedRuntime() {}

  private static String property(String name) {
    return "onnxruntime.native." + name;
  }

  /** Says where it lies, unless the user has; to be called before ONNX Runtime is loaded. */
  static void use() {
    if (isGiven()) {
      return;
    }
    try {
      unpacked().ifPresent(folder -> System.setProperty(FOLDER, folder));
    } catch (IOException e) {
      // ONNX Runtime unpacks it by itself then, and says what it lacks.
    }
  }

  private static boolean isGiven() {
    return System.getProperty(FOLDER) != null
        || LIBRARIES.stream()
            .anyMatch(each -> System.getProperty(property(each + ".path")) != null);
  }

  /** The folder of the libraries; empty if there are none for this machine. */
  private static Optional<String> unpacked() throws IOException {
    String packed = "/ai/onnxruntime/native/" + platform(Loader.getPlatform()) + "/";
    Optional<String> folder = Optional.empty();
    for (String library : LIBRARIES) {
      URL resource = OrtEnvironment.class.getResource(packed + System.mapLibraryName(library));
      if (resource == null) {
        return Optional.empty();
      }
      folder = Optional.of(Loader.cacheResource(resource).getParent());
    }
    return folder;
  }

  /** A platform's name for JavaCPP as ONNX Runtime has it. */
  static String platform(String name) {
    return name.replace("macosx", "osx")
        .replace("windows", "win")
        .replace("x86_64", "x64")
        .replace("arm64", "aarch64");
  }
}
