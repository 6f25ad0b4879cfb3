package dev.vernier.records;

/**
 * How long one phase of a cell took.
 *
 * @param name such as {@code train}, {@code encode}, {@code decode}, {@code measure}
 * @param seconds wall-clock time, interruptions not counted
 * @param images how many images passed through it
 */
public record Phase(String name, double seconds, long images) {
  /** Throughput. */
  public double imagesPerSecond() {
    return seconds > 0 ? images / seconds : 0;
  }
}
