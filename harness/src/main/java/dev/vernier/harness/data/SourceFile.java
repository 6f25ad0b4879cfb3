package dev.vernier.harness.data;

import java.nio.file.Path;

/**
 * A file of a dataset folder.
 *
 * @param path where it lies
 * @param id its path relative to the dataset's folder, with forward slashes
 * @param label class index, or -1 where it lies in no class folder
 */
record SourceFile(Path path, String id, int label) {}
