/**
 * Output files and folders that users name, files that interrupted work goes on with wherever it
 * was stopped, and listings of folders.
 */
package dev.vernier.harness.files;
