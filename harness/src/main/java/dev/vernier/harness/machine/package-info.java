/** What the program runs on: the facts that go into every run's record and into {@code doctor}. */
package dev.vernier.harness.machine;
