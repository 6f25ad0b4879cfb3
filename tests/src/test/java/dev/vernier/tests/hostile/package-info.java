/**
 * Files that were damaged or made to harm: whatever is in them, a reader gives what a reference
 * reader gives, too, or says in one line what is wrong; it ends, keeps to its memory, writes
 * nothing and runs nothing.
 */
package dev.vernier.tests.hostile;
