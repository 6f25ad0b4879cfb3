/** How long work tells how far it is: in one line of a terminal, in plain lines elsewhere. */
package dev.vernier.harness.progress;
