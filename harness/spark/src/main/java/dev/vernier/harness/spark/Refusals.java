package dev.vernier.harness.spark;

import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.spark.task.CellOutcome;
import dev.vernier.harness.spark.task.CellRequest;
import dev.vernier.harness.workers.Refusal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/**
 * Executors whose machines do not compute the cells of a session. They are free while others work,
 * so Spark would give them cell after cell: those that are submitted from then on are for others.
 */
final class Refusals {
  private final JavaSparkContext context;
  private final ClusterNews news;
  private final Progress progress;
  private final Set<String> executors = ConcurrentHashMap.newKeySet();

  Refusals(JavaSparkContext context, ClusterNews news, Progress progress) {
    this.context = context;
    this.news = news;
    this.progress = progress;
  }

  /**
   * Takes note of one.
   *
   * @throws Refusal if there is no other executor
   */
  void add(CellOutcome.Refused refused) throws Refusal {
    if (executors.add(refused.executor())) {
      String name = "executor " + refused.executor() + " on " + refused.host();
      progress.update(name + " computes no cells", 0, 0, refused.why());
    }
    if (executors.containsAll(news.executors())) {
      throw new Refusal("no executor computes the cells; " + refused.host() + ": " + refused.why());
    }
  }

  /** A cell, for any executor that has refused none. */
  JavaRDD<CellRequest> placed(CellRequest cell) {
    if (executors.isEmpty()) {
      return context.parallelize(List.of(cell), 1);
    }
    ClassTag<CellRequest> type = ClassTag.apply(CellRequest.class);
    Tuple2<CellRequest, Seq<String>> placed = new Tuple2<>(cell, seq(news.places(executors)));
    return JavaRDD.fromRDD(context.sc().makeRDD(seq(List.of(placed)), type), type);
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
