package dev.vernier.spi;

import java.nio.file.Path;

/** Where nets that were trained once are kept. */
@FunctionalInterface
public interface KeptNets {
  /**
   * The file of a net; whoever finds none there trains the net and writes it, and tells {@link
   * #opened} what he read from it.
   *
   * @param name of the file, which holds the hash of all that decides the net
   */
  Path file(String name);

  /**
   * Takes a net as it was opened: other processes may put another into its file at any moment. Of a
   * run this is what its folder keeps; by default nothing is kept.
   *
   * @param name of its file
   * @param content of the file, of which the extractor's hash is
   */
  default void opened(String name, byte[] content) {}
}
