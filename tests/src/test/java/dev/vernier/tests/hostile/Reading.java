package dev.vernier.tests.hostile;

import com.sun.management.ThreadMXBean;
import dev.vernier.harness.images.UnusableImageException;
import dev.vernier.spi.UsageException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Reads files of subjects, and says what no reader may do with them. */
final class Reading implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  /**
   * What reading one small file may allocate in all. The largest picture that is read has 179
   * million pixels, and a few bytes announce it: 3 bytes of each in the picture, as much again in
   * its rows, and what was unpacked of them.
   */
  private static final long MOST_BYTES = 2L << 30;

  private final ExecutorService thread = Executors.newSingleThreadExecutor(Reading::daemon);
  private final Path folder;
  private int refused;
  private String lastRefusal = "";
  private long allocated;

  /**
   * A reader.
   *
   * @param folder takes the files; nothing else may come to lie in it or beside it
   */
  Reading(Path folder) {
    this.folder = folder;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  /** What came of one. */
  private record Outcome(Throwable error, long bytes) {}

  /** How many files were refused. */
  int refused() {
    return refused;
  }

  String lastRefusal() {
    return lastRefusal;
  }

  /** What reading the last one allocated, in bytes. */
  long allocated() {
    return allocated;
  }

  /** Reads a file; what is wrong with how that went. */
  Optional<String> fault(Subject subject, byte[] content) throws Exception {
    long before = files();
    Path file = subject.put(folder, content);
    Future<Outcome> reading = thread.submit(() -> read(subject));
    Outcome outcome;
    try {
      outcome = reading.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      reading.cancel(true);
      return Optional.of("did not end in " + PATIENCE_SECONDS + " s");
    } finally {
      Files.deleteIfExists(file);
    }
    allocated = outcome.bytes();
    if (allocated > MOST_BYTES) {
      return Optional.of("allocated " + allocated + " bytes");
    }
    if (files() > before) {
      return Optional.of("wrote a file");
    }
    return outcome.error() == null ? Optional.empty() : fault(outcome.error());
  }

  private Outcome read(Subject subject) {
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long before = memory.getThreadAllocatedBytes(self);
    Throwable error = null;
    try {
      subject.reader().read(folder);
    } catch (Throwable e) {
      error = e;
    }
    return new Outcome(error, memory.getThreadAllocatedBytes(self) - before);
  }

  /** A line for the user is none. */
  private Optional<String> fault(Throwable error) {
    boolean meant = error instanceof UsageException || error instanceof UnusableImageException;
    String message = String.valueOf(error.getMessage());
    if (meant
        && message.lines().count() == 1
        && !message.contains("(null)")
        && !message.contains("Cannot invoke")) {
      refused++;
      lastRefusal = message;
      return Optional.empty();
    }
    StackTraceElement[] trace = error.getStackTrace();
    return Optional.of(error + (trace.length > 0 ? " at " + trace[0] : ""));
  }

  private long files() throws Exception {
    try (Stream<Path> files = Files.walk(folder.getParent())) {
      return files.count();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
