/**
 * Runs networks. A graph is defined with SameDiff and the operations of {@code program}; a {@code
 * Program} says what of it is wanted; an {@link dev.vernier.engine.Executor} makes the program
 * ready to run on a device: {@code onednn} on the CPU, {@code nd4j} on any backend that ND4J has.
 * To add an operation, write its record with its composition and, where ND4J is slow, a kernel and
 * one of its gradient.
 */
package dev.vernier.engine;
