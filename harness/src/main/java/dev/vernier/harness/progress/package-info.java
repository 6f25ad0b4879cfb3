/** How long work tells how far it is: a bar on a terminal, plain lines elsewhere. */
package dev.vernier.harness.progress;
