package dev.vernier.spi;

import java.util.List;

/**
 * What describes every plugin before anything heavy is loaded. Providers are found by {@link
 * java.util.ServiceLoader}, so an implementation needs a public constructor without arguments that
 * does no work; listing plugins must load no native library.
 */
public interface Provider {
  /**
   * The plugin's id: lower-case words joined by hyphens, such as {@code vqgan}; unique among the
   * plugins of its kind.
   */
  String name();

  /** One sentence for {@code vernier list}. */
  String description();

  /** The SPI level the plugin was built for. Always implement it as {@code return Spi.LEVEL;}. */
  int spiLevel();

  /**
   * The settings the plugin understands; help texts and the errors for a wrong setting come from
   * here.
   */
  List<Setting<?>> settings();
}
