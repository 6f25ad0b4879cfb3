package dev.vernier.harness.progress;

/** Takes news of long work; must return at once. */
@FunctionalInterface
public interface Progress {
  /** Nobody is watching. */
  Progress NONE = (task, done, total, detail) -> {};

  /**
   * How far a task is.
   *
   * @param task what is going on, such as {@code train VQGAN 1024}
   * @param done units done
   * @param total units in all
   * @param detail a few words more, such as the current loss; may be empty
   */
  void update(String task, long done, long total, String detail);
}
