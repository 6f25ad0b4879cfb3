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
 * waits for the first, and finds the result.
 *
 * <p>Every worker compares data, nets, code, plugins, executor, threads and kind of processor with
 * those of the driver, which has to be of the machines' kind: {@code --deploy-mode cluster} puts it
 * there. Where one of them differs, the cell goes to an executor that has refused none, and the run
 * ends where there is no other.
 *
 * <p>What a cell may take of a machine's memory is declared ({@code --cell-memory}), not derived:
 * the arrays of its programs are known when its worker has built them, and what a process was seen
 * to take rests on the heap that it was given. The limits of workers and the overhead of executors
 * follow from it.
 *
 * <p>A cell that does nothing costs the driver 14 to 27 ms of processor time and 8 kB of heap that
 * stay; 10, 100 and 1,000 of them took 0.5, 3.5 and 21 s on two executors of two cores, all on one
 * busy machine of two cores ({@code NoOpCells} in the tests). So the driver of 10,000 cells works
 * for some minutes in all, and holds less than 100 MB for them. On 500 executors of one cell each
 * there are 1,000 jobs in Spark at a time, 50 heartbeats a second, and in the run's folder about 14
 * files a cell. Two things grow with the number of executors, and are better kept from the driver:
 * each fetches the jar, 250 MB, unless it lies on every machine, as {@code local:/PATH}, or in a
 * file system of the cluster; and where results travel, those of cells that end together, of 1 to 3
 * MB each for images of 32 x 32, are in the driver's memory together.
 */
package dev.vernier.harness.spark;
