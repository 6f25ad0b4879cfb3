package dev.vernier.harness.progress;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What to say of tasks: how far each is, and how fast since it was first heard of. */
final class Pace {
  private final Map<String, Start> starts = new HashMap<>();

  private record Start(long time, long done) {}

  /**
   * The line for an update, which {@link Progress#update} describes.
   *
   * @param now in nanoseconds, of any origin
   */
  String line(String task, long done, long total, String detail, long now) {
    if (total == 0) {
      return task + (detail.isEmpty() ? "" : ": " + detail);
    }
    Start start = starts.computeIfAbsent(task, name -> new Start(now, done));
    boolean last = done >= total;
    if (last) {
      starts.remove(task);
    }
    double seconds = (now - start.time()) / 1e9;
    double rate = seconds > 0 ? (done - start.done()) / seconds : 0;
    String remaining =
        rate > 0 && !last
            ? ", " + rate(rate) + String.format(Locale.ROOT, ", %.0f s left", (total - done) / rate)
            : "";
    return task
        + ": "
        + done
        + " of "
        + total
        + remaining
        + (detail.isEmpty() ? "" : ", " + detail);
  }

  private static String rate(double each) {
    return each < 0.1
        ? String.format(Locale.ROOT, "%.1f/min", 60 * each)
        : String.format(Locale.ROOT, "%.1f/s", each);
  }
}
