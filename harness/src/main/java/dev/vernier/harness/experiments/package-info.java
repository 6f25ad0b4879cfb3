/**
 * Experiments as data: YAML files that name methods and a grid of settings, layered with a scale
 * and the command line, and expanded to cells before anything runs. The built-in experiments are
 * YAML resources like any user's.
 *
 * <p>{@code tune} searches nine candidates per family (three learning rates, three values of one
 * setting of its own) at the scale's own steps, at seed 101, on 2,000 training images held out of
 * training: no reported number rests on this seed or these images. Of the learning rates the one
 * with the best geometric mean of rFID over the families is chosen, each at its best own value;
 * then each family's own value with it. The run leaves {@code choice.yaml} beside {@code
 * results.csv}, and refuses a search that gives one family more candidates than another. At {@code
 * standard} its 45 cells take hours; the record is {@code .github/results/tune-standard}, and the
 * learning rate and one weight of each family at that scale are its choice. It has not been run at
 * {@code quick}.
 */
package dev.vernier.harness.experiments;
