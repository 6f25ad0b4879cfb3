/** Files that long work writes as it goes, and goes on with after it was stopped at any moment. */
package dev.vernier.harness.files;
