/**
 * Files and folders that users name for something to be written to, and files that long work writes
 * as it goes, and goes on with after it was stopped at any moment; and what lies below a folder.
 */
package dev.vernier.harness.files;
