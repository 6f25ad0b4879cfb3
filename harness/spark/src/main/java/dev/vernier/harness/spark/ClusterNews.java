package dev.vernier.harness.spark;

import dev.vernier.harness.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What Spark tells its driver: executors and tasks that come and go, and how far tasks are. Spark
 * makes it, by the name of its class, before it asks for executors: on YARN and Kubernetes it hands
 * out no context until most of them are there.
 */
public final class ClusterNews extends SparkListener {
  private static final AtomicReference<ClusterNews> LATEST = new AtomicReference<>();

  private final Map<String, Seen> executors = new ConcurrentHashMap<>();
  private final Set<Long> tasks = ConcurrentHashMap.newKeySet();
  private volatile long latest = System.nanoTime();
  private volatile Progress progress = Progress.NONE;

  private record Seen(String host, int cores) {}

  /** Made by Spark. */
  public ClusterNews() {
    LATEST.set(this);
  }

  /** That of the application that was begun last. */
  static ClusterNews latest() {
    return LATEST.get();
  }

  /** Tells how far cells are. */
  void watch(Progress watching) {
    progress = watching;
  }

  /** Ids of the executors there are. */
  List<String> executors() {
    return new ArrayList<>(executors.keySet());
  }

  /** Where they are, as Spark takes the places that a task prefers. */
  List<String> places(Set<String> without) {
    return executors.entrySet().stream()
        .filter(each -> !without.contains(each.getKey()))
        .map(each -> "executor_" + each.getValue().host() + "_" + each.getKey())
        .toList();
  }

  /** Cells that all executors run at once, of so many threads each. */
  int slots(int threads) {
    return executors.values().stream().mapToInt(each -> each.cores() / threads).sum();
  }

  /** Cores of an executor; 0 where it is not known. */
  int cores(String executor) {
    return executors.containsKey(executor) ? executors.get(executor).cores() : 0;
  }

  /** Whether no executor has come for some time. */
  boolean settled(long seconds) {
    return System.nanoTime() - latest > TimeUnit.SECONDS.toNanos(seconds);
  }

  /** Whether a task runs; one that was cancelled does until it has ended. */
  boolean busy() {
    return !tasks.isEmpty();
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart started) {
    tasks.add(started.taskInfo().taskId());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd ended) {
    tasks.remove(ended.taskInfo().taskId());
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded added) {
    executors.put(
        added.executorId(),
        new Seen(added.executorInfo().executorHost(), added.executorInfo().totalCores()));
    latest = System.nanoTime();
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    Seen lost = executors.remove(removed.executorId());
    if (lost != null) {
      progress.update(
          "executor " + removed.executorId() + " on " + lost.host() + " is lost",
          0,
          0,
          removed.reason());
    }
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    Seen executor = executors.get(update.execId());
    String host = executor == null ? update.execId() : executor.host();
    CollectionConverters.asJava(update.accumUpdates())
        .forEach(
            task ->
                CollectionConverters.asJava(task._4())
                    .forEach(
                        each -> {
                          if (each.update().isDefined()
                              && each.update().get() instanceof String news) {
                            tell(host, news);
                          }
                        }));
  }

  /** Tells news as an executor sends them. */
  private void tell(String host, String news) {
    String[] parts = news.split("\t", 4);
    if (parts.length == 4) {
      progress.update(
          host + ": " + parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3]);
    }
  }
}
