/**
 * Experiments as data: YAML files that name methods and a grid of settings, layered with a scale
 * and the command line, and expanded to cells before anything runs. The built-in experiments are
 * YAML resources like any user's.
 */
package dev.vernier.harness.experiments;
