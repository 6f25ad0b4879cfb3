/**
 * What runs in the JVMs of Spark's executors, and travels to them. It stands on the JDK, on Spark,
 * and on {@code dev.vernier.harness.workers}: everything else of Vernier runs in worker processes
 * beside, on a class path of their own, with the environment, the threads and the limits of memory
 * that a cell needs; a native crash takes a cell, not the executor.
 */
package dev.vernier.harness.spark.task;
