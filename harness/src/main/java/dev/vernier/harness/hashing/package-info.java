/** Hashes that stand for content: of datasets, files, cells and protocols. */
package dev.vernier.harness.hashing;
