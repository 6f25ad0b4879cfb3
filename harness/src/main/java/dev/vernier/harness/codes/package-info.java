/**
 * Images as a trained tokenizer writes them: encoded once and kept in files, which generators train
 * on without the tokenizer. A file holds every image of a split in its views, itself and its mirror
 * image or ten crops, with labels; it names the weights and the dataset that it was made from by
 * their hashes, and is mapped into memory, so that it may be larger than that.
 */
package dev.vernier.harness.codes;
