/**
 * The executor on ND4J. It lays out every array and operation once and replays them; an operation
 * is computed as it is composed, unless it is given a kernel that stands in for it.
 */
package dev.vernier.engine.nd4j;
