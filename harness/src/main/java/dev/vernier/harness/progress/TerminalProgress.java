package dev.vernier.harness.progress;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One line of a terminal that is drawn over, with rate and remaining time. Tasks that go on at once
 * take turns in it; the last line of each stays.
 */
public final class TerminalProgress implements Progress {
  private static final long NANOS_BETWEEN = 200_000_000;

  /** How long a task keeps the line from others, so that it can be read. */
  private static final long TURN_NANOS = 1_000_000_000;

  private static final String CLEAR = "\r\033[K";

  /** A line that wrapped could not be drawn over: one too long is cut at the margin. */
  private static final String CUT = "\033[?7l";

  private static final String WRAP = "\033[?7h";
  private final PrintStream out;
  private final LongSupplier clock;
  private final Pace pace = new Pace();

  /** The latest line of each task since it was last drawn, the task that waits longest first. */
  private final Map<String, String> waiting = new LinkedHashMap<>();

  private String shown = "";
  private long drawn;
  private long turn;

  /** A line of the terminal that a stream writes to. */
  public TerminalProgress(PrintStream out) {
    this(out, System::nanoTime);
  }

  TerminalProgress(PrintStream out, LongSupplier clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public synchronized void update(String task, long done, long total, String detail) {
    long now = clock.getAsLong();
    String line = pace.line(task, done, total, detail, now);
    if (done >= total) {
      waiting.remove(task);
      print((shown.isEmpty() ? "" : CLEAR) + line + System.lineSeparator());
      shown = "";
    } else {
      waiting.put(task, line);
      if (shown.isEmpty() || now - drawn >= NANOS_BETWEEN) {
        draw(now);
      }
    }
  }

  /** Draws the task that has its turn; after it, the one that has waited longest. */
  private void draw(long now) {
    boolean over = shown.isEmpty() || now - turn >= TURN_NANOS;
    String task = over ? waiting.keySet().iterator().next() : shown;
    String line = waiting.remove(task);
    if (line == null) {
      return;
    }
    if (over) {
      shown = task;
      turn = now;
    }
    drawn = now;
    print(CLEAR + CUT + line + WRAP);
  }

  private void print(String text) {
    out.print(text);
    out.flush();
  }

  @Override
  public synchronized void close() {
    if (!shown.isEmpty()) {
      print(System.lineSeparator());
      shown = "";
    }
  }
}
