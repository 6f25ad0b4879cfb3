/**
 * The executor on the CPU: oneDNN's convolutions on channels-last maps, or products of matrices in
 * their place where they are faster, kernels of our own for what else oneDNN does badly, and ND4J
 * for the rest. Our kernels copy cache-sized pieces of an array into heap arrays, work there in
 * plain loops that HotSpot turns into vector instructions, and copy the result back. Their work is
 * shared out so that the same bits come out for any number of threads.
 */
package dev.vernier.engine.onednn;
