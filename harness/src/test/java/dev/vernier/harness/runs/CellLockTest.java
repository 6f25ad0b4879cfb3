package dev.vernier.harness.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CellLockTest {
  @TempDir private Path folder;

  private static void release(RunFolder.Lock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void cell_thatAnotherHas_isTakenOnceItIsFree() throws IOException {
    RunFolder run = new RunFolder(folder);
    RunFolder.Lock first = run.lockCell("a", () -> {});
    AtomicInteger tries = new AtomicInteger();
    Runnable between =
        () -> {
          if (tries.incrementAndGet() == 2) {
            release(first);
          }
        };
    RunFolder.Lock second = run.lockCell("a", between);
    assertThat(tries).hasValue(2);
    release(second);
  }

  @Test
  void wait_forACell_canBeInterrupted() throws IOException {
    RunFolder run = new RunFolder(folder);
    RunFolder.Lock first = run.lockCell("a", () -> {});
    Interruption interruption = new Interruption();
    interruption.request();
    assertThatThrownBy(() -> run.lockCell("a", interruption::stopIfRequested))
        .isInstanceOf(Interruption.Interrupted.class);
    release(run.lockCell("b", interruption::stopIfRequested));
    release(first);
  }
}
