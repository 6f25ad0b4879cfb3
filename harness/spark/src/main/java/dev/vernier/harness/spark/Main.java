package dev.vernier.harness.spark;

import dev.vernier.harness.machine.TemporaryFolder;
import dev.vernier.harness.spark.task.Installation;
import dev.vernier.records.FullDisk;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What {@code spark-submit} starts: Vernier's command line, apart from the libraries of Spark. */
public final class Main {
  private static final int PATIENCE_SECONDS = 70;
  private static final int WRONG_USE = 2;

  private Main() {}

  /** Runs the program and ends the JVM, or leaves that to YARN. */
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    Path folder = Files.createTempDirectory(TemporaryFolder.path(), "vernier-");
    CountDownLatch finished = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder, finished), "clean up"));
    int code;
    try {
      ClassLoader loader = loader(folder);
      Thread.currentThread().setContextClassLoader(loader);
      code =
          (int)
              loader
                  .loadClass("dev.vernier.harness.cli.Vernier")
                  .getMethod("execute", String[].class)
                  .invoke(null, (Object) arguments);
    } catch (FullDisk e) {
      System.err.println("vernier: " + e.getMessage());
      code = WRONG_USE;
    } finally {
      finished.countDown();
    }
    if (code != 0 || !begunByYarn()) {
      System.exit(code);
    }
  }

  /** Open as long as the process: classes are loaded when they are needed. */
  private static ClassLoader loader(Path folder) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(url(Installation.submitted()));
    try {
      for (Path jar : Installation.in(folder).jars()) {
        urls.add(url(jar));
      }
    } catch (IOException e) {
      throw TemporaryFolder.explained(folder, 0, e);
    }
    return new ApartLoader(urls.toArray(URL[]::new), Main.class.getClassLoader());
  }

  /** Whether YARN began this driver: one that ends its JVM has failed there, and begins anew. */
  private static boolean begunByYarn() {
    return "yarn".equals(System.getProperty("spark.master"))
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }

  /** Deletes the jars when nothing needs them, which after Ctrl-C takes a while. */
  private static void delete(Path folder, CountDownLatch finished) {
    try {
      finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      System.err.println("vernier: " + folder + " could not be deleted (" + e.getMessage() + ")");
    }
  }
}
