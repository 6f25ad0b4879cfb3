package dev.vernier.harness.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.vernier.harness.machine.Backend;
import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** ONNX Runtime as models run in it here: on the CPU, with the threads that everything else has. */
public final class OnnxRuntime {
  private OnnxRuntime() {}

  /** The environment of all models. */
  static OrtEnvironment environment() {
    UnpackedRuntime.use();
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
  }

  /**
   * Loads the library.
   *
   * @return its version
   * @throws UsageException if there is no build of it for this machine
   */
  public static String version() {
    try {
      return environment().getVersion();
    } catch (LinkageError | RuntimeException e) {
      throw new UsageException(
          "ONNX Runtime could not be loaded ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "); without it no teacher or tokenizer can come from an ONNX file",
          e);
    }
  }

  /** Opens a model; the caller closes it. */
  static OrtSession open(Path file) throws OrtException {
    OrtEnvironment environment = environment();
    environment.setTelemetry(false);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setDeterministicCompute(true);
      // As many as everything else has: sums of several round in another order.
      options.setIntraOpNumThreads(Backend.threads());
      // Threads that spin while they wait would take the cores from the training step.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return environment.createSession(file.toString(), options);
    }
  }

  /** What a model is used as. */
  @FunctionalInterface
  interface Use<T> {
    /** Takes the session over. */
    T of(OrtSession session) throws OrtException;
  }

  /**
   * Opens a model for a use, which closes it at its own end.
   *
   * @throws UsageException if it is no model, or none for this use
   */
  static <T> T open(Path file, Use<T> use) {
    try {
      OrtSession session = open(file);
      try {
        return use.of(session);
      } catch (RuntimeException | OrtException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw unusable(file, e);
    }
  }

  /** A file that is no model, or none for this runtime. */
  static UsageException unusable(Path file, OrtException e) {
    return new UsageException(
        file + " is not an ONNX model that can be run (" + oneLine(e) + "): export it again", e);
  }

  /** What went wrong, in one line. */
  static String oneLine(OrtException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Inputs or outputs with their types, for messages. */
  static String described(Map<String, NodeInfo> nodes) {
    return nodes.values().stream().map(OnnxRuntime::described).collect(Collectors.joining(", "));
  }

  private static String described(NodeInfo node) {
    return node.getName()
        + " "
        + (node.getInfo() instanceof TensorInfo info
            ? info.type.toString().toLowerCase(Locale.ROOT) + " " + Arrays.toString(info.getShape())
            : "that is not a tensor");
  }

  /** Closes a model. */
  static void close(OrtSession session, Path file) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close " + file, e);
    }
  }
}
