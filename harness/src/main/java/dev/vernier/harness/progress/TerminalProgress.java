package dev.vernier.harness.progress;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with rate and remaining time on a terminal's standard error. */
public final class TerminalProgress implements Progress {
  private ProgressBar bar;
  private String task = "";

  @Override
  public synchronized void update(String newTask, long done, long total, String detail) {
    if (total == 0) {
      close();
      System.err.println(newTask + (detail.isEmpty() ? "" : ": " + detail));
      return;
    }
    if (bar == null || !task.equals(newTask)) {
      close();
      task = newTask;
      bar =
          new ProgressBarBuilder()
              .setTaskName(newTask)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(500)
              .showSpeed()
              .startsFrom(done, Duration.ZERO)
              .build();
    }
    bar.stepTo(done);
    bar.setExtraMessage(detail);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
