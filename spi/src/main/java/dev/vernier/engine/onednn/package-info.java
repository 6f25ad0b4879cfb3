/**
 * Hand-written CPU kernels that stand in for parts of a graph which ND4J computes slowly. They copy
 * cache-sized pieces of an array into heap arrays, work there in plain loops that HotSpot turns
 * into vector instructions, and copy the result back. Work is shared out so that the same bits come
 * out for any number of threads.
 */
package dev.vernier.engine.onednn;
