/**
 * Tests of the engine on whole models: the gradients of a training step against SameDiff's own, the
 * same bits from the same start, and no growth of memory.
 */
package dev.vernier.tests.engine;
