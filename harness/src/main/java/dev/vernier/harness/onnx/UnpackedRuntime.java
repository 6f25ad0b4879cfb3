package dev.vernier.harness.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * The native code of ONNX Runtime, unpacked once for all processes, where JavaCPP keeps that of the
 * other libraries. Left to itself ONNX Runtime unpacks 22 MB in every process, which stay in the
 * folder of temporary files if the process is killed.
 */
final class UnpackedRuntime {
  /** Where ONNX Runtime looks before it unpacks. */
  private static final String FOLDER = "onnxruntime.native.path";

  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

  private UnpackedRuntime() {}

  /** Says where it lies, unless the user has; to be called before ONNX Runtime is loaded. */
  static void use() {
    if (System.getProperty(FOLDER) != null) {
      return;
    }
    String folder = "/ai/onnxruntime/native/" + platform(Loader.getPlatform()) + "/";
    File unpacked = null;
    try {
      for (String library : LIBRARIES) {
        URL packed = OrtEnvironment.class.getResource(folder + System.mapLibraryName(library));
        if (packed == null) {
          return;
        }
        unpacked = Loader.cacheResource(packed);
      }
    } catch (IOException e) {
      // ONNX Runtime unpacks it by itself then, and says what it lacks.
      return;
    }
    System.setProperty(FOLDER, unpacked.getParent());
  }

  /** A platform's name for JavaCPP as ONNX Runtime has it. */
  static String platform(String name) {
    return name.replace("macosx", "osx")
        .replace("windows", "win")
        .replace("x86_64", "x64")
        .replace("arm64", "aarch64");
  }
}
