/**
 * Generation from factorized codes. One transformer reads the class and the tokens before a
 * position; three heads predict the position's k sub-tokens: {@code far} one after the other
 * (factorized autoregressive), {@code far-linear} and {@code far-mlp} independently of each other.
 * {@code TeacherForcing} is the network over known tokens, for training and likelihood; {@code
 * Decoder} the same network a position at a time, with caches, for sampling. Parameters have the
 * names of published FAR and LlamaGen checkpoints.
 */
package dev.vernier.generators.far;
