package dev.vernier.engine.memory;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What an object owns and closes with itself, the last first. A constructor adds each thing as soon
 * as it is there, and closes this where a later step fails.
 */
public final class Owned implements AutoCloseable {
  private final Deque<AutoCloseable> things = new ArrayDeque<>();

  /**
   * Adds a thing.
   *
   * @return the same
   */
  public <T extends AutoCloseable> T add(T thing) {
    things.push(thing);
    return thing;
  }

  /**
   * Closes all, those behind one that fails too.
   *
   * @throws IllegalStateException if one failed, with the others' failures suppressed
   */
  @Override
  public void close() {
    IllegalStateException failure = null;
    while (!things.isEmpty()) {
      try {
        things.pop().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new IllegalStateException("not all native memory was released", e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
