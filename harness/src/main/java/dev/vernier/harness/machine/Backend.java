package dev.vernier.harness.machine;

import dev.vernier.engine.Executors;
import dev.vernier.spi.UsageException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's backend: loads it, or says in one line why it cannot be. */
public final class Backend {
  private Backend() {}

  /**
   * Loads the backend.
   *
   * @return its name, such as {@code CpuBackend}
   * @throws UsageException if its native libraries do not fit this machine
   */
  public static String load() {
    PrintStream standardError = System.err;
    // A backend that cannot be loaded prints its stack trace, which the one line below replaces.
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      return Nd4j.getBackend().getClass().getSimpleName();
    } catch (LinkageError | RuntimeException e) {
      throw new UsageException(explanation(e), e);
    } finally {
      System.setErr(standardError);
    }
  }

  private static String explanation(Throwable error) {
    if (isOnClassPath("org.nd4j.linalg.jcublas.JCublasBackend")) {
      return "the CUDA backend found no GPU that it can use: it needs an NVIDIA driver for CUDA 11.6 or"
          + " later and compute capability 3.7, 5.x, 6.0, 6.1, 7.0, 7.5 or 8.x (Kepler K80 to Ada; not"
          + " Hopper or newer); to use the CPU, leave out VERNIER_BACKEND=cuda";
    }
    return "the native libraries of ND4J could not be loaded ("
        + firstLine(rootCause(error))
        + "); run 'vernier doctor', and see the README for the systems there are builds for";
  }

  private static boolean isOnClassPath(String name) {
    return Backend.class.getClassLoader().getResource(name.replace('.', '/') + ".class") != null;
  }

  private static Throwable rootCause(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String firstLine(Throwable error) {
    return Optional.ofNullable(error.getMessage())
        .flatMap(text -> text.lines().findFirst())
        .orElse(error.getClass().getSimpleName());
  }

  /** Executor, backend of ND4J and number of threads: what the bits of a result depend on. */
  public static String description() {
    String backend = load();
    return Executors.chosen().description()
        + " on "
        + backend
        + ", "
        + threads()
        + (threads() == 1 ? " thread" : " threads");
  }

  /** Number of threads of the loaded backend. */
  public static int threads() {
    return Nd4j.getEnvironment().maxThreads();
  }
}
