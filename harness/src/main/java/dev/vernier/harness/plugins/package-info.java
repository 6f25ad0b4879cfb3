/**
 * Finds plugins through {@link java.util.ServiceLoader}, on the class path and in jars of a folder,
 * and refuses those that would only fail later: duplicate names, providers that throw or give null
 * for a description, plugins built for another level of the contracts. Every refusal names the jar.
 */
package dev.vernier.harness.plugins;
