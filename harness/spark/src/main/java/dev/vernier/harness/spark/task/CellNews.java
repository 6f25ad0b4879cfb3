package dev.vernier.harness.spark.task;

import dev.vernier.harness.progress.Progress;
import org.apache.spark.util.AccumulatorV2;

/**
 * How far the cell of a task is. Spark's executors send it to the driver with their heartbeats;
 * nothing is summed up.
 */
public final class CellNews extends AccumulatorV2<String, String> {
  private static final long serialVersionUID = 1L;
  private volatile String latest = "";

  /** Takes the news of a worker, and keeps the latest. */
  Progress progress() {
    return (task, done, total, detail) -> {
      if (total > 0) {
        latest = String.join("\t", task, String.valueOf(done), String.valueOf(total), detail);
      }
    };
  }

  @Override
  public boolean isZero() {
    return latest.isEmpty();
  }

  @Override
  public CellNews copy() {
    CellNews copy = new CellNews();
    copy.latest = latest;
    return copy;
  }

  @Override
  public void reset() {
    latest = "";
  }

  @Override
  public void add(String news) {
    latest = news;
  }

  @Override
  public void merge(AccumulatorV2<String, String> other) {
    // Those of other tasks stay with them.
  }

  @Override
  public String value() {
    return latest;
  }
}
