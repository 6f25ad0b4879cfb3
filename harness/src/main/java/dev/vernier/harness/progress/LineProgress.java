package dev.vernier.harness.progress;

import java.io.PrintStream;

/** Plain lines with rate and remaining time, every few seconds. */
public final class LineProgress implements Progress {
  private static final double SECONDS_BETWEEN = 5;
  private final PrintStream out;
  private final Pace pace = new Pace();
  private long last = System.nanoTime() - (long) (SECONDS_BETWEEN * 1e9);

  /** Lines on a stream. */
  public LineProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void update(String task, long done, long total, String detail) {
    long now = System.nanoTime();
    String line = pace.line(task, done, total, detail, now);
    boolean message = total == 0;
    if (!message && done < total && (now - last) / 1e9 < SECONDS_BETWEEN) {
      return;
    }
    if (!message) {
      last = now;
    }
    out.println(line);
  }
}
