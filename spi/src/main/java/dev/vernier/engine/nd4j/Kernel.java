package dev.vernier.engine.nd4j;

/** One computation with its arrays bound once, to be run again and again. */
public interface Kernel extends AutoCloseable {
  /** Writes every element of its results, the same bits for the same input. */
  void run();

  /** Frees what it holds outside the heap. */
  @Override
  default void close() {}
}
