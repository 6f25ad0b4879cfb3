package dev.vernier.harness.runs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C as a request: long work looks here between steps, saves its state, and throws {@link
 * Interrupted}; the JVM waits for that a while before it ends.
 */
public final class Interruption {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final AtomicBoolean requested = new AtomicBoolean();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile String left = "what was saved is kept; --resume continues from there";

  /** Makes the JVM's end a request. */
  public void install() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  request();
                  awaitFinish();
                },
                "interruption"));
  }

  private void awaitFinish() {
    try {
      boolean inTime = finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!inTime) {
        System.err.println("vernier: gave up waiting; " + left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks work to stop. */
  public void request() {
    requested.set(true);
    listeners.forEach(Runnable::run);
  }

  /**
   * Adds a listener.
   *
   * @param listener called once for each request that comes after this
   */
  public void onRequest(Runnable listener) {
    listeners.add(listener);
  }

  /** Whether work should stop at the next good moment. */
  public boolean requested() {
    return requested.get();
  }

  /**
   * Stops work that has saved what it did, where it was asked to.
   *
   * @throws Interrupted if so
   */
  public void stopIfRequested() {
    if (requested()) {
      throw new Interrupted();
    }
  }

  /** Says what work under way would leave behind if it had to be given up. */
  public void leaves(String what) {
    left = what;
  }

  /**
   * Says what the training under way would leave behind if it had to be given up.
   *
   * @param kept whether there is a checkpoint of it
   */
  public void checkpoint(boolean kept) {
    leaves(
        kept
            ? "the last checkpoint is kept; --resume continues from there"
            : "this training has no checkpoint yet; --resume starts it over");
  }

  /** What is left behind at this moment, as {@link #leaves} said it. */
  String left() {
    return left;
  }

  /** Says that no work is under way any more. */
  public void finished() {
    finished.countDown();
  }

  /** Thrown by work that has saved its state and stopped. */
  public static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
