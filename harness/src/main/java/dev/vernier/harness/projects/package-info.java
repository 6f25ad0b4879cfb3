/**
 * Projects of new plugins. Their files are templates among the resources of this package, which lie
 * there as they do in a project; {@code __name__} and the like stand for what the user chooses.
 */
package dev.vernier.harness.projects;
