/**
 * A worker process, as whoever starts it sees it: lines with ids of cells go in, lines of progress
 * come out. Stands on nothing that is not in the JDK, so that a machine of a cluster can start one
 * from a JVM in which there is nothing else of Vernier.
 */
package dev.vernier.harness.workers;
