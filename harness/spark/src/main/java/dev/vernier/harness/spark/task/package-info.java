/**
 * What runs in the JVMs of Spark's executors, and travels to them. It stands on the JDK, on Spark,
 * and on what the jar unpacks of Vernier, {@code dev.vernier.harness.workers} above all: everything
 * else runs in worker processes beside, on a class path of their own, with the environment, the
 * threads and the limits of memory that a cell needs; a native crash takes a cell, not the
 * executor.
 */
package dev.vernier.harness.spark.task;
