package dev.vernier.harness.machine;

import java.util.List;

/** What to do where the memory does not suffice. */
public final class MemoryAdvice {
  /** How the JVM names its heap; native arrays name bytes or the pointer instead. */
  private static final List<String> OF_THE_HEAP =
      List.of("heap", "GC overhead", "array size", "length exceeds");

  private static final int MEBIBYTE = 1 << 20;

  private MemoryAdvice() {}

  /** One line for an error of the JVM or of the library of native arrays. */
  public static String of(OutOfMemoryError error) {
    return of(error, Runtime.getRuntime().maxMemory() / MEBIBYTE);
  }

  /**
   * The same for a heap of a size.
   *
   * @param heap in MiB
   */
  static String of(OutOfMemoryError error, long heap) {
    String why = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    boolean java = error.getMessage() == null || OF_THE_HEAP.stream().anyMatch(why::contains);
    String more =
        java
            ? "Java's heap of "
                + heap
                + " MiB is full: give it more, such as "
                + JavaOptions.heap(2 * heap)
            : "the memory for native arrays is used up (" + why + "): give it more";
    return more
        + ", on a cluster by a larger --cell-memory, or need less, by fewer --workers, a smaller"
        + " batch-size, fewer or smaller images";
  }
}
