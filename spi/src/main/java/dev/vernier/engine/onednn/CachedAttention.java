package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Integers;
import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.onednn.Products.Matrices;
import dev.vernier.engine.program.operations.Attend;
import dev.vernier.engine.program.operations.AttendCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.softmax_forward;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Attention of one position to a cache. The products are made for several lengths of the past
 * beforehand; a run takes the shortest that holds it.
 */
final class CachedAttention implements Kernel {
  /** Lengths are multiples of this. */
  private static final int STEP = 32;

  private final INDArray position;
  private final INDArray mask;
  private final INDArray queries;
  private final Runnable gather;
  private final int[] read = new int[1];
  private final float[] hidden;
  private final Floats maskFloats;
  private final List<OneDnn> lengths = new ArrayList<>();
  private final OneDnn shared = new OneDnn();

  /** For queries, cache and position. */
  CachedAttention(AttendCache operation, INDArray[] inputs, INDArray output) {
    this.position = inputs[2];
    int capacity = operation.capacity();
    this.hidden = new float[capacity];
    this.mask = Nd4j.create(1, capacity);
    this.maskFloats = Floats.of(mask);
    long heads = (long) operation.sequences() * operation.heads();
    this.queries = Nd4j.create(heads, 1, operation.headWidth());
    this.gather = gather(inputs[0], queries, operation.sequences());
    Matrices scores = new Products(shared).of(heads, capacity);
    for (int length = Math.min(STEP, capacity); ; length = Math.min(length + STEP, capacity)) {
      lengths.add(attention(operation, inputs[1], output, scores, length));
      if (length == capacity) {
        break;
      }
    }
  }

  private OneDnn attention(
      AttendCache operation, INDArray cache, INDArray output, Matrices room, int length) {
    OneDnn library = new OneDnn();
    Products products = new Products(library);
    long heads = queries.size(0);
    long headWidth = operation.headWidth();
    long[] past = {heads, length, headWidth};
    long[] strides = {operation.capacity() * headWidth, headWidth, 1};
    Matrices keys = products.of(cache, 0, past, strides);
    Matrices values = products.of(cache, cache.length() / 2, past, strides);
    Matrices scores = products.sharing(room, heads, 1, length);
    products.multiply(
        products.of(queries),
        keys.transposed(),
        scores,
        1 / Math.sqrt(operation.headWidth()),
        Optional.of(products.of(mask, 1, 1, length)));
    softmax_forward.primitive_desc softmax =
        library.own(
            new softmax_forward.primitive_desc(
                OneDnn.cpu(),
                dnnl.prop_kind.forward_inference,
                dnnl.algorithm.softmax_accurate,
                scores.description(),
                scores.description(),
                2));
    library.call(
        new softmax_forward(softmax),
        library.arguments(dnnl.DNNL_ARG_SRC, scores.memory(), dnnl.DNNL_ARG_DST, scores.memory()));
    products.multiply(scores, values, products.of(output, heads, 1, headWidth));
    return library;
  }

  /** Puts queries next to each other: oneDNN errs at single rows that lie spread. */
  private static Runnable gather(INDArray rows, INDArray queries, int sequences) {
    Floats source = Floats.of(rows);
    Floats target = Floats.of(queries);
    int width = target.length() / sequences;
    float[] row = new float[width];
    return () -> {
      for (int s = 0; s < sequences; s++) {
        source.read(3 * s * width, row, width);
        target.write(s * width, row, width);
      }
    };
  }

  @Override
  public void run() {
    gather.run();
    Integers.read(position, read);
    Arrays.fill(hidden, 0, read[0] + 1, 0);
    Arrays.fill(hidden, read[0] + 1, hidden.length, Attend.HIDDEN);
    maskFloats.write(0, hidden, hidden.length);
    lengths.get(read[0] / STEP).run();
  }

  @Override
  public void close() {
    lengths.forEach(OneDnn::close);
    shared.close();
    mask.close();
    queries.close();
  }
}
