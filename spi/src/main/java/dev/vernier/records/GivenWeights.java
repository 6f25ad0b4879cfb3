package dev.vernier.records;

/**
 * Weights that a run took as they were and did not train.
 *
 * @param path where they lay, absolute: a file, or a folder that training wrote
 * @param hash SHA-256 of the file, or of the files in the folder
 */
public record GivenWeights(String path, String hash) {}
