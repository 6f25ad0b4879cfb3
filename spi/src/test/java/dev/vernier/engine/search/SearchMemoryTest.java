package dev.vernier.engine.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.vernier.engine.memory.Parallel;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A search that is kept allocates next to nothing, whatever it searches. */
class SearchMemoryTest {
  private static final int FIRST = 30;
  private static final int SEARCHES = 100;

  /** For looking at native arrays, and a product of matrices. */
  private static final long BYTES_A_BLOCK = 8192;

  /** For sharing out the work. */
  private static final long BYTES_A_WORKER = 512;

  /**
   * Of so many blocks as are shared out one after the other. What is worked in would be megabytes a
   * search by few dimensions, and a third of one in tiles.
   */
  @ParameterizedTest(name = "N {0}, K {1}, d {2}")
  @CsvSource({"4096, 512, 8, 1", "2048, 1024, 64, 8"})
  void searches_allocateNoMoreThanSharingOutTakes(int n, int k, int d, int blocks) {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assumeTrue(
        threads.isThreadAllocatedMemorySupported() && threads.isThreadAllocatedMemoryEnabled());
    try (INDArray vectors = Nd4j.randn(DataType.FLOAT, n, d);
        INDArray codebook = Nd4j.randn(DataType.FLOAT, k, d);
        CodebookSearch search = CodebookSearch.byDistance(entries -> entries[0]++)) {
      search(search, vectors, codebook, FIRST);
      long before = allocated(threads);
      search(search, vectors, codebook, SEARCHES);
      assertThat((allocated(threads) - before) / SEARCHES)
          .isLessThan(blocks * (BYTES_A_BLOCK + BYTES_A_WORKER * Parallel.workers()));
    }
  }

  private static void search(
      CodebookSearch search, INDArray vectors, INDArray codebook, int times) {
    for (int i = 0; i < times; i++) {
      search.find(vectors, codebook);
    }
  }

  /** Bytes that all threads have allocated so far. */
  private static long allocated(ThreadMXBean threads) {
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(each -> each > 0)
        .sum();
  }
}
