package dev.vernier.tests.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A kind of file, and what reads it.
 *
 * @param name what messages call it
 * @param file its name, in a folder that may hold others
 * @param originals intact ones
 * @param inside changes one so that its checksums hold
 * @param reader reads the file in a folder, all of it
 */
record Subject(String name, String file, List<byte[]> originals, Inside inside, Reader reader) {
  /** Reads what lies in a folder. */
  @FunctionalInterface
  interface Reader {
    void read(Path folder) throws Exception;
  }

  /** Changes a file below its checksums. */
  @FunctionalInterface
  interface Inside {
    byte[] change(byte[] original, byte[] other, Mutator mutator) throws IOException;
  }

  static Subject plain(String name, String file, List<byte[]> originals, Reader reader) {
    return new Subject(
        name, file, originals, (one, other, mutator) -> mutator.mutate(one, other), reader);
  }

  static Subject zip(String name, String file, List<byte[]> originals, Reader reader) {
    return new Subject(
        name,
        file,
        originals,
        (one, other, mutator) -> Containers.changedInside(one, mutator),
        reader);
  }

  /** The mutated file of a number. */
  byte[] mutated(int number) throws IOException {
    Mutator mutator = new Mutator(31L * name.hashCode() + number);
    byte[] one = mutator.any(originals);
    byte[] other = mutator.any(originals);
    return mutator.coin() ? inside.change(one, other, mutator) : mutator.mutate(one, other);
  }

  Path put(Path folder, byte[] content) throws IOException {
    return Files.write(folder.resolve(file), content);
  }

  @Override
  public String toString() {
    return name;
  }
}
