/**
 * The contract tests that a plugin's author runs against a plugin: extend {@link
 * dev.vernier.tests.TokenizerContract} in the plugin's own tests. May be used with JUnit 5 and
 * AssertJ; depends on the contracts only.
 */
package dev.vernier.tests;
