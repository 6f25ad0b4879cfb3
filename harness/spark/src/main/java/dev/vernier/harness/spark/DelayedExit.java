package dev.vernier.harness.spark;

import dev.vernier.harness.spark.task.CellTask;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * At Ctrl-C, Spark ends its application at once, and with it executors whose cells are saving where
 * they are. While this is open it waits, not for ever, until no task runs.
 */
final class DelayedExit implements AutoCloseable {
  /** The priority of Spark's hook is 40. */
  private static final int BEFORE_SPARK = 100;

  private final Runnable hook;

  DelayedExit(SparkCluster cluster) {
    hook = cluster::awaitTasks;
    ShutdownHookManager.get()
        .addShutdownHook(hook, BEFORE_SPARK, CellTask.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
