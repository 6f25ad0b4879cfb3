/**
 * The command line: picocli commands that read options, call the other packages, and print. A wrong
 * use is one line on standard error and exit code 2; results go to standard output, progress to
 * standard error.
 */
package dev.vernier.harness.cli;
