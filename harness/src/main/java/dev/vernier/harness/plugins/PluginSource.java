package dev.vernier.harness.plugins;

import dev.vernier.spi.Provider;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Spi;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** One place that plugins come from: the class path, or one jar with its own class loader. */
final class PluginSource {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final String SERVICES = "META-INF/services/";

  /** What the names of their class loaders begin with, by which traces of the stack tell them. */
  private static final String PLUGIN = "the plugin ";

  private final String description;
  private final ClassLoader loader;
  private final boolean registers;
  private boolean provides;

  private PluginSource(String description, ClassLoader loader, boolean registers) {
    this.description = description;
    this.loader = loader;
    this.registers = registers;
  }

  static PluginSource classPath() {
    return new PluginSource("the class path", PluginSource.class.getClassLoader(), true);
  }

  /** The loader stays open as long as the process: plugins load classes when they need them. */
  static PluginSource jar(Path jar) throws IOException {
    boolean registers;
    try (ZipFile file = new ZipFile(jar.toFile())) {
      registers =
          file.stream().anyMatch(each -> each.getName().startsWith(SERVICES + "dev.vernier."));
    } catch (ZipException e) {
      throw new UsageException(
          jar + " is not a jar, or damaged (" + e.getMessage() + "): replace or remove it", e);
    }
    URL[] urls = {jar.toUri().toURL()};
    return new PluginSource(
        jar.toString(),
        new URLClassLoader(PLUGIN + jar, urls, PluginSource.class.getClassLoader()),
        registers);
  }

  /** The plugin in whose code an error came about, with its jar; empty where that was elsewhere. */
  static Optional<String> of(Throwable error) {
    return Stream.of(error.getStackTrace())
        .map(StackTraceElement::getClassLoaderName)
        .filter(name -> name != null && name.startsWith(PLUGIN))
        .findFirst();
  }

  /** The providers of one kind that this place itself holds. */
  <P extends Provider> List<P> load(Class<P> type) {
    List<P> providers = new ArrayList<>();
    try {
      Iterator<ServiceLoader.Provider<P>> each =
          ServiceLoader.load(type, loader).stream().iterator();
      while (each.hasNext()) {
        ServiceLoader.Provider<P> candidate = each.next();
        // A jar's loader sees the class path too, whose providers have been found already.
        if (candidate.type().getClassLoader() == loader) {
          P provider = candidate.get();
          check(provider);
          providers.add(provider);
          provides = true;
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UsageException(
          "a plugin in "
              + description
              + " cannot be loaded ("
              + firstLine(e)
              + (cause == e ? "" : ": " + firstLine(cause))
              + "): fix or remove it",
          e);
    }
    providers.forEach(PluginSource::checkDescription);
    return providers;
  }

  /** Why this place is here in vain, once everything has been loaded; empty where it is not. */
  Optional<String> idleness() {
    if (provides) {
      return Optional.empty();
    }
    String service = SERVICES + TokenizerProvider.class.getName();
    return Optional.of(
        description
            + " provides nothing: "
            + (registers
                ? "no class named in its META-INF/services is its own"
                : "it lacks " + service + ", or the like of another kind of plugin")
            + "; fix or remove it");
  }

  private static String firstLine(Throwable error) {
    return String.valueOf(error).lines().findFirst().orElse("");
  }

  private static void check(Provider provider) {
    String where = origin(provider.getClass());
    if (provider.spiLevel() != Spi.LEVEL) {
      throw new UsageException(
          where
              + " was built for level "
              + provider.spiLevel()
              + " of the plugin contracts, this Vernier has level "
              + Spi.LEVEL
              + ": use a version built for it");
    }
    if (provider.name() == null || !NAME.matcher(provider.name()).matches()) {
      throw new UsageException(
          where
              + " has the name '"
              + provider.name()
              + "': names are lower-case words joined by hyphens; fix or remove it");
    }
  }

  /** Lists, and the errors for wrong settings, take for granted what a provider says of itself. */
  private static void checkDescription(Provider provider) {
    Optional<String> flaw;
    try {
      flaw = flaw(provider);
    } catch (RuntimeException e) {
      throw undescribed(provider, "it cannot be described (" + firstLine(e) + ")", e);
    }
    if (flaw.isPresent()) {
      throw undescribed(provider, flaw.get(), null);
    }
  }

  private static Optional<String> flaw(Provider provider) {
    if (provider.description() == null) {
      return Optional.of("description() returned null");
    }
    List<Setting<?>> settings = provider.settings();
    if (settings == null) {
      return Optional.of("settings() returned null, where there are none it is List.of()");
    }
    return settings.stream().anyMatch(Objects::isNull)
        ? Optional.of("settings() returned a list with null in it")
        : Optional.empty();
  }

  /**
   * A refusal.
   *
   * @param cause null where nothing was thrown
   */
  private static UsageException undescribed(
      Provider provider, String flaw, RuntimeException cause) {
    return new UsageException(
        origin(provider.getClass()) + ": " + flaw + "; fix or remove it", cause);
  }

  /** Class and jar of a plugin, for messages. */
  static String origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    String place =
        source == null ? "the class path" : Path.of(source.getLocation().getPath()).toString();
    return type.getName() + " in " + place;
  }
}
