package dev.vernier.harness.spark;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;

/**
 * Finds classes and resources in its own jars first, so that libraries which Spark has in other
 * versions do not meet. What travels to executors is the same for both, and comes from the parent.
 */
final class ApartLoader extends URLClassLoader {
  private static final String TRAVELS = "dev.vernier.harness.spark.task.";

  static {
    registerAsParallelCapable();
  }

  ApartLoader(URL[] jars, ClassLoader parent) {
    super(jars, parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      if (!name.startsWith(TRAVELS)) {
        try {
          return findClass(name);
        } catch (ClassNotFoundException e) {
          // One of the JDK, or of Spark.
        }
      }
      return super.loadClass(name, resolve);
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  /** Its own, where it has any: a service that Spark registers is none for these jars. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    Enumeration<URL> own = findResources(name);
    return own.hasMoreElements() ? own : super.getResources(name);
  }
}
