package dev.vernier.harness.machine;

import dev.vernier.records.RunRecord.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.bytedeco.javacpp.Pointer;

/** Facts about code, machine and JVM. */
public final class Machine {
  /** What the oneDNN in ND4J obeys; it passes over the newer name, which begins with ONEDNN. */
  private static final String ONEDNN_LIMIT = "DNNL_MAX_CPU_ISA";

  private static final long MEBIBYTE = 1 << 20;
  private static final long MEBIBYTES_OF_GIBIBYTE = 1 << 10;

  private Machine() {}

  /** The version of Vernier. */
  public static String version() {
    return build("version");
  }

  /**
   * The commit it was built from, with {@code -dirty} where the tree had changes: what the launcher
   * says of its source tree, or the build of a distribution.
   */
  public static String commit() {
    String commit = System.getProperty("vernier.commit", build("commit"));
    return commit.isEmpty() ? Provenance.UNKNOWN : commit;
  }

  private static String build(String key) {
    try (InputStream in = Machine.class.getResourceAsStream("build.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty(key);
    } catch (IOException e) {
      throw new IllegalStateException("the jar of the harness is damaged", e);
    }
  }

  /** Vendor and version of the JVM. */
  public static String jvm() {
    return System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version");
  }

  /** Processor, cores, memory, operating system, threads. */
  public static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", processor());
    facts.put("instruction sets", instructionSets());
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", memory() / MEBIBYTES_OF_GIBIBYTE + " GiB");
    facts.put(
        "operating system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    facts.put("native threads", String.valueOf(Backend.threads()));
    return facts;
  }

  /** The processor's instruction sets that matter here, as far as the system tells them. */
  public static String instructionSets() {
    String flags = cpuInfo("flags").orElse("");
    StringBuilder found = new StringBuilder();
    for (String each : new String[] {"avx2", "avx512f"}) {
      if ((" " + flags + " ").contains(" " + each + " ")) {
        found.append(found.isEmpty() ? "" : ", ").append(each);
      }
    }
    return (found.isEmpty() ? "unknown" : found)
        + Optional.ofNullable(System.getenv(ONEDNN_LIMIT)).map(", limited to "::concat).orElse("");
  }

  /** The name of the processor. */
  public static String processor() {
    return cpuInfo("model name").orElse(System.getProperty("os.arch"));
  }

  private static Optional<String> cpuInfo(String key) {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      // Only a description is lost.
      return Optional.empty();
    }
  }

  /** The name of the machine in its network. */
  public static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }

  /** The memory of the machine, in MiB. */
  public static long memory() {
    return Pointer.totalPhysicalBytes() / MEBIBYTE;
  }

  /** The limit of Java's heap, in MiB. */
  public static long heapLimit() {
    return Runtime.getRuntime().maxMemory() / MEBIBYTE;
  }

  /** The limit of native arrays, in MiB; 0 for none. */
  public static long arrayLimit() {
    return Pointer.maxBytes() / MEBIBYTE;
  }

  /** The limit of native memory, in MiB. */
  public static long nativeLimit() {
    return Pointer.maxPhysicalBytes() / MEBIBYTE;
  }
}
