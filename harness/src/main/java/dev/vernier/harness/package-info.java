/**
 * The harness: experiments, runs, datasets, metrics, the regression gate and the command line. It
 * finds tokenizers, generators and renderers by their contracts and names none of them.
 */
package dev.vernier.harness;
