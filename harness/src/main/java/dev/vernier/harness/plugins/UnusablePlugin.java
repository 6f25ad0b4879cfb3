package dev.vernier.harness.plugins;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a user is told of errors that plugins cause by their mere code. */
public final class UnusablePlugin {
  /** The name of a class, but of none that Vernier has in one version and not in another. */
  private static final Pattern CLASS = Pattern.compile("(?!dev\\.vernier\\.)[\\w$]+(\\.[\\w$]+)+");

  private UnusablePlugin() {}

  /**
   * A line about classes that do not fit together: a plugin was built for another version, or its
   * own libraries are missing. It names the plugin's jar where the error came about in it.
   */
  public static String told(LinkageError error) {
    return PluginSource.of(error)
        .map(plugin -> told(plugin, error))
        .orElse(
            "classes do not fit together, get plugins that were built for this Vernier, or install it"
                + " again: "
                + reason(error));
  }

  /**
   * The same of a plugin that is known.
   *
   * @param plugin what to call it
   */
  public static String told(String plugin, LinkageError error) {
    String name = String.valueOf(error.getMessage()).replace('/', '.');
    if (error instanceof NoClassDefFoundError && CLASS.matcher(name).matches()) {
      return plugin
          + " needs "
          + name
          + ", which is neither in its jar nor in Vernier: put that library into the jar";
    }
    return plugin + " cannot be used, get a version built for this Vernier: " + reason(error);
  }

  /** A line about a plugin that calls itself without end; empty where it was none. */
  public static Optional<String> told(StackOverflowError error) {
    return PluginSource.of(error)
        .map(plugin -> plugin + " calls itself without end: fix or remove it");
  }

  /** An initializer's error has nothing to say but what caused it. */
  private static String reason(LinkageError error) {
    Throwable cause = error.getCause();
    Throwable told = error instanceof ExceptionInInitializerError && cause != null ? cause : error;
    return told.toString().lines().findFirst().orElse("");
  }
}
