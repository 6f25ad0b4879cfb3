/**
 * Runs SameDiff graphs with fixed shapes and no allocation in steady state. A {@link
 * dev.vernier.engine.program.Graph} is defined with SameDiff, which also differentiates it; a
 * {@link dev.vernier.engine.program.Plan} then lays out every array and operation once and replays
 * them. Parts that ND4J computes slowly have fused kernels that stand in for them on the CPU.
 */
package dev.vernier.engine.program;
