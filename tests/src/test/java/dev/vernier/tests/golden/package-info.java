/**
 * Golden values: every case of a folder of reference inputs and outputs is computed with our code
 * and compared to the tolerance that stands in the case.
 */
package dev.vernier.tests.golden;
