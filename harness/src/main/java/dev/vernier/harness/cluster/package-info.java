/**
 * Where the cells of a run are computed: on this machine, or on a cluster whose engine is found by
 * name through {@link java.util.ServiceLoader}. Whatever it is, it takes cells and leaves their
 * results in the run's folder, so that one run may go on anywhere.
 */
package dev.vernier.harness.cluster;
