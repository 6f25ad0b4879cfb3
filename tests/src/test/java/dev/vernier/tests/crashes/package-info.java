/**
 * What a run folder promises, proven by force: a small sweep is killed, starved of disk and memory,
 * locked out of its folder, and set into another year, at moments drawn from a seed; continued
 * afterwards, it has to hold what the undisturbed one holds.
 */
package dev.vernier.tests.crashes;
