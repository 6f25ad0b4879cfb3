package dev.vernier.harness.progress;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Plain lines with rate and remaining time, every few seconds. */
public final class LineProgress implements Progress {
  private static final double SECONDS_BETWEEN = 5;
  private final PrintStream out;
  private final Map<String, Start> starts = new HashMap<>();
  private long last = System.nanoTime() - (long) (SECONDS_BETWEEN * 1e9);

  /** Lines on a stream. */
  public LineProgress(PrintStream out) {
    this.out = out;
  }

  private record Start(long time, long done) {}

  @Override
  public synchronized void update(String task, long done, long total, String detail) {
    if (total == 0) {
      out.println(task + (detail.isEmpty() ? "" : ": " + detail));
      return;
    }
    long now = System.nanoTime();
    Start start = starts.computeIfAbsent(task, name -> new Start(now, done));
    boolean last = done >= total;
    if (!last && (now - this.last) / 1e9 < SECONDS_BETWEEN) {
      return;
    }
    this.last = now;
    if (last) {
      starts.remove(task);
    }
    double seconds = (now - start.time()) / 1e9;
    double rate = seconds > 0 ? (done - start.done()) / seconds : 0;
    String remaining =
        rate > 0 && !last
            ? String.format(Locale.ROOT, ", %.1f/s, %.0f s left", rate, (total - done) / rate)
            : "";
    out.println(
        task + ": " + done + " of " + total + remaining + (detail.isEmpty() ? "" : ", " + detail));
  }
}
