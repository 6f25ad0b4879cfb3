package dev.vernier.spi;

/** The level of these contracts. */
public final class Spi {
  /**
   * The level that this version of Vernier offers. It grows when a contract changes incompatibly.
   * As a compile-time constant it is copied into a plugin's class file, so {@link
   * Provider#spiLevel()} tells the level a plugin was <em>built</em> for.
   */
  public static final int LEVEL = 1;

  private Spi() {}
}
