package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.nd4j.Kernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The transposition of each image's matrix; one task handles one image. */
final class Transposition {
  private Transposition() {}

  /**
   * From rows to columns.
   *
   * @param images matrices one after the other
   * @param rows of each matrix in the source
   */
  static Kernel of(INDArray from, INDArray to, int images, int rows) {
    Floats source = Floats.of(from);
    Floats target = Floats.of(to);
    int each = source.length() / images;
    int columns = each / rows;
    ThreadLocal<float[]> in = ThreadLocal.withInitial(() -> new float[each]);
    ThreadLocal<float[]> out = ThreadLocal.withInitial(() -> new float[each]);
    return () ->
        Parallel.forEach(
            images,
            image -> {
              float[] a = in.get();
              float[] b = out.get();
              source.read(image * each, a, each);
              for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                  b[column * rows + row] = a[row * columns + column];
                }
              }
              target.write(image * each, b, each);
            });
  }
}
