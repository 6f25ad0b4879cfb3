/**
 * The adversarial part of VQGAN's objective (Esser et al. 2021): a patch discriminator with its
 * losses, regularization and optimizer. It has parameters and executions of its own; the
 * generator's graph sees it as a step in Java that gives the gradient with respect to the
 * reconstruction, so that encoder and decoder run forward and backward once.
 */
package dev.vernier.adversarial;
