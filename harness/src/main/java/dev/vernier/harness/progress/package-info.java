/** Progress of long work: one line that changes on a terminal, plain lines elsewhere. */
package dev.vernier.harness.progress;
