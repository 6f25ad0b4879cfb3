/**
 * What the program runs on: the facts that go into every run's record and into {@code doctor}, and
 * what to do where its memory, or its disk of temporary files, does not suffice.
 */
package dev.vernier.harness.machine;
