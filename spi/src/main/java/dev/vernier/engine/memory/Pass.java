package dev.vernier.engine.memory;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One pass over flat float arrays of one length, shared out over the cores: a stretch of each is
 * copied to the heap, worked on there, and copied back where the pass changes the array. On the
 * heap HotSpot turns loops into vector instructions, and a stretch is short enough that those of
 * all arrays stay in the nearest cache meanwhile.
 */
public final class Pass {
  /** Floats of the longest stretch. */
  private static final int LONGEST = 2048;

  private final Access access;
  private final List<INDArray> arrays;
  private final int unchanged;
  private final List<Stretch> stretches = new ArrayList<>();
  private final ThreadLocal<float[][]> scratch;

  /**
   * A pass over whole arrays, which stay the caller's.
   *
   * @param read arrays that stay as they are
   * @param changed arrays that are written back
   * @param ranges lengths of ranges that follow one another from 0; no stretch lies in two
   */
  public Pass(List<INDArray> read, List<INDArray> changed, List<Integer> ranges) {
    this(Access.chosen(), read, changed, ranges);
  }

  Pass(Access access, List<INDArray> read, List<INDArray> changed, List<Integer> ranges) {
    this.access = access;
    this.arrays = Stream.concat(read.stream(), changed.stream()).toList();
    this.unchanged = read.size();
    this.scratch = ThreadLocal.withInitial(() -> new float[arrays.size()][LONGEST]);
    int from = 0;
    for (int range = 0; range < ranges.size(); range++) {
      for (int end = from + ranges.get(range); from < end; ) {
        int count = Math.min(LONGEST, end - from);
        stretches.add(new Stretch(stretches.size(), range, from, count));
        from += count;
      }
    }
  }

  /** How many stretches there are. */
  public int stretches() {
    return stretches.size();
  }

  /** Works on every stretch once, in any order. */
  public void run(Work work) {
    if (access == Access.POINTERS) {
      over(arrays.stream().map(access::floats).toList(), work);
      return;
    }
    // Whole arrays in the calling thread: ND4J binds threads to devices, and each call is a
    // transfer.
    List<float[]> copies = arrays.stream().map(access::all).toList();
    over(
        copies.stream().<Floats>map(each -> new BufferedFloats(FloatBuffer.wrap(each))).toList(),
        work);
    for (int i = unchanged; i < copies.size(); i++) {
      access.floats(arrays.get(i)).write(0, copies.get(i), copies.get(i).length);
    }
  }

  private void over(List<Floats> floats, Work work) {
    Parallel.forEach(
        stretches.size(),
        number -> {
          Stretch stretch = stretches.get(number);
          float[][] copies = scratch.get();
          for (int i = 0; i < copies.length; i++) {
            floats.get(i).read(stretch.from(), copies[i], stretch.count());
          }
          work.on(stretch, copies);
          for (int i = unchanged; i < copies.length; i++) {
            floats.get(i).write(stretch.from(), copies[i], stretch.count());
          }
        });
  }

  /** What is done with a stretch; called by several threads. */
  @FunctionalInterface
  public interface Work {
    /**
     * Works on a stretch.
     *
     * @param floats first those of the arrays that are read, then of those that change; longer than
     *     the stretch, which begins at 0
     */
    void on(Stretch stretch, float[][] floats);
  }

  /**
   * A part of all arrays.
   *
   * @param number from 0
   * @param range it lies in
   * @param from place in the arrays
   * @param count of floats
   */
  public record Stretch(int number, int range, int from, int count) {}
}
