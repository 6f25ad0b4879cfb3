package dev.vernier.spi;

import java.nio.file.Path;

/** Where nets that were trained once are kept. */
@FunctionalInterface
public interface KeptNets {
  /**
   * The file of a net; whoever finds none there trains the net and writes it.
   *
   * @param name of the file, which holds the hash of all that decides the net
   */
  Path file(String name);
}
