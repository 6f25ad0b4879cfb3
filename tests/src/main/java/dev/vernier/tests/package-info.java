/** The contract tests that authors of plugins run against their own. */
package dev.vernier.tests;
