package dev.vernier.harness.progress;

/** Takes news of long work; must return at once. */
@FunctionalInterface
public interface Progress extends AutoCloseable {
  /** Nobody is watching. */
  Progress NONE = (task, done, total, detail) -> {};

  /**
   * How far a task is.
   *
   * @param task what is going on, such as {@code train VQGAN 1024}
   * @param done units done
   * @param total units in all; 0 for a message on its own
   * @param detail a few words more, such as the current loss; may be empty
   */
  void update(String task, long done, long total, String detail);

  /** Ends the display, before something else is printed. */
  @Override
  default void close() {}
}
