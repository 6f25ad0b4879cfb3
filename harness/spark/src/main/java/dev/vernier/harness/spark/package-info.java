/**
 * Runs cells on Apache Spark 4, a task each, in the order in which they stand on each other and
 * without a barrier.
 *
 * <p>{@code spark-submit} starts {@link dev.vernier.harness.spark.Main}, which runs Vernier's
 * command line on the class path that the jar brings along, apart from Spark's. The driver plans,
 * opens data and nets, and makes what cells have in common, as it does for workers of its own
 * machine; a cell is then a job of one task ({@link dev.vernier.harness.spark.SparkExecutor}),
 * which has a worker process run it beside the executor's JVM ({@code task}). Its number of threads
 * is {@code spark.task.cpus}.
 *
 * <p>Where every executor sees the run's folder, under the same path, cells are computed in it,
 * with their checkpoints: one whose executor is lost goes on from the last one elsewhere, and what
 * this costs is at most the steps since. Elsewhere, or with {@code --ship}, the session's files are
 * sent by broadcast, the folders of cells come back as results of their tasks, and a lost cell
 * begins anew. Whoever takes a cell in the run's folder locks it, so that a task that runs twice
 * waits for the first, and finds the result. Every worker compares data, nets, code, plugins,
 * executor, threads and kind of processor with those of the driver, which has to be of the
 * machines' kind: {@code --deploy-mode cluster} puts it there.
 */
package dev.vernier.harness.spark;
