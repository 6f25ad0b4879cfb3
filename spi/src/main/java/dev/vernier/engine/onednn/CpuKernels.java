package dev.vernier.engine.onednn;

import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.nd4j.Kernels;
import dev.vernier.engine.program.Operation;
import dev.vernier.engine.program.operations.Affine;
import dev.vernier.engine.program.operations.Attend;
import dev.vernier.engine.program.operations.AttendCache;
import dev.vernier.engine.program.operations.AttendHeads;
import dev.vernier.engine.program.operations.Convolve;
import dev.vernier.engine.program.operations.CrossEntropy;
import dev.vernier.engine.program.operations.Dropout;
import dev.vernier.engine.program.operations.GroupNormalize;
import dev.vernier.engine.program.operations.Lookup;
import dev.vernier.engine.program.operations.MoveChannels;
import dev.vernier.engine.program.operations.RmsNormalize;
import dev.vernier.engine.program.operations.Rotate;
import dev.vernier.engine.program.operations.SwiGlu;
import dev.vernier.engine.program.operations.Upsample;
import dev.vernier.engine.program.operations.WriteCache;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The kernels of each operation. */
final class CpuKernels implements Kernels {
  private final Map<Class<?>, Pair<?>> kernels = new HashMap<>();

  /** By output: the gradients need what the forward pass found. */
  private final IdentityHashMap<INDArray, GroupNorm> norms = new IdentityHashMap<>();

  private final Scratch scratch = new Scratch();

  CpuKernels() {
    know(
        Affine.class,
        (affine, x, constant, y) -> AffineMap.forward(x, constant[1], y),
        (affine, x, constant, y, dy, dx) -> AffineMap.backward(x, dy, dx));
    know(
        Attend.class,
        (attend, x, constant, y) -> Attention.forward(attend, x, y, scratch),
        (attend, x, constant, y, dy, dx) -> Attention.backward(attend, x, dy, dx, scratch));
    know(
        AttendHeads.class,
        (attend, x, constant, y) -> Attention.forward(attend, x[0], y, scratch),
        (attend, x, constant, y, dy, dx) -> Attention.backward(attend, x[0], dy, dx[0], scratch));
    know(
        Convolve.class,
        (convolve, x, constant, y) ->
            Convolution.forward(convolve.window(), x, constant[1], y, scratch),
        (convolve, x, constant, y, dy, dx) ->
            Convolution.backward(convolve.window(), x, constant[1], dy, dx, scratch));
    know(
        CrossEntropy.class,
        (loss, x, constant, y) -> ClassLoss.forward(x, y, scratch),
        (loss, x, constant, y, dy, dx) -> ClassLoss.backward(x, dy, dx[0]));
    know(
        Dropout.class,
        (dropout, x, constant, y) -> DroppedOut.of(dropout, x[0], x[1], y),
        (dropout, x, constant, y, dy, dx) -> DroppedOut.of(dropout, dy, x[1], dx[0]));
    know(
        GroupNormalize.class,
        (normalize, x, constant, y) -> groupNorm(normalize, x, y),
        (normalize, x, constant, y, dy, dx) -> norms.get(y).backward(dy, dx));
    know(
        Lookup.class,
        (lookup, x, constant, y) -> TableLookup.forward(x[0], x[1], y),
        (lookup, x, constant, y, dy, dx) -> TableLookup.backward(x[1], dy, dx[0]));
    know(
        MoveChannels.class,
        (move, x, constant, y) -> moved(move, x[0], y),
        (move, x, constant, y, dy, dx) -> moved(new MoveChannels(!move.last()), dy, dx[0]));
    know(
        RmsNormalize.class,
        (normalize, x, constant, y) -> RmsNorm.forward(normalize.epsilon(), x, y),
        (normalize, x, constant, y, dy, dx) -> RmsNorm.backward(normalize.epsilon(), x, dy, dx));
    know(
        Rotate.class,
        (rotate, x, constant, y) -> Rotation.forward(rotate, x, y),
        (rotate, x, constant, y, dy, dx) -> Rotation.backward(rotate, x[1], dy, dx[0]));
    know(
        SwiGlu.class,
        (gate, x, constant, y) -> Gate.forward(x, y),
        (gate, x, constant, y, dy, dx) -> Gate.backward(x, dy, dx));
    know(
        Upsample.class,
        (upsample, x, constant, y) -> Upsampling.forward(x[0], y),
        (upsample, x, constant, y, dy, dx) -> Upsampling.backward(dy, dx[0]));
    know(
        AttendCache.class,
        (attend, x, constant, y) -> new CachedAttention(attend, x, y),
        CpuKernels::none);
    know(
        WriteCache.class,
        (write, x, constant, y) -> CacheRows.write(write, x, y),
        CpuKernels::none);
  }

  private <T extends Operation> void know(Class<T> type, Forward<T> forward, Backward<T> backward) {
    kernels.put(type, new Pair<>(type, forward, backward));
  }

  @Override
  public long bytes() {
    return scratch.bytes();
  }

  @Override
  public void close() {
    scratch.close();
  }

  @Override
  public boolean has(Operation operation) {
    return kernels.containsKey(operation.getClass());
  }

  @Override
  public Kernel forward(
      Operation operation, INDArray[] inputs, boolean[] constant, INDArray output) {
    return kernels.get(operation.getClass()).forward(operation, inputs, constant, output);
  }

  @Override
  public Kernel backward(
      Operation operation,
      INDArray[] inputs,
      boolean[] constant,
      INDArray output,
      INDArray outputGradient,
      INDArray[] gradients) {
    return kernels
        .get(operation.getClass())
        .backward(operation, inputs, constant, output, outputGradient, gradients);
  }

  private Kernel groupNorm(GroupNormalize operation, INDArray[] inputs, INDArray output) {
    GroupNorm norm = new GroupNorm(operation, inputs);
    norms.put(output, norm);
    return norm.forward(output);
  }

  private static Kernel moved(MoveChannels operation, INDArray from, INDArray to) {
    int images = (int) from.size(0);
    int rows = (int) (operation.last() ? from.size(1) : from.size(1) * from.size(2));
    return Transposition.of(from, to, images, rows);
  }

  private static Kernel none(
      Operation operation,
      INDArray[] inputs,
      boolean[] constant,
      INDArray output,
      INDArray outputGradient,
      INDArray[] gradients) {
    throw new IllegalArgumentException(operation.name() + " is for inference and has no gradient");
  }

  /** Makes the kernel of an output. */
  @FunctionalInterface
  private interface Forward<T> {
    Kernel of(T operation, INDArray[] inputs, boolean[] constant, INDArray output);
  }

  /** Makes the kernel of gradients; null stands for one that nobody asks for. */
  @FunctionalInterface
  private interface Backward<T> {
    Kernel of(
        T operation,
        INDArray[] inputs,
        boolean[] constant,
        INDArray output,
        INDArray outputGradient,
        INDArray[] gradients);
  }

  private record Pair<T extends Operation>(
      Class<T> type, Forward<T> forward, Backward<T> backward) {
    Kernel forward(Operation operation, INDArray[] inputs, boolean[] constant, INDArray output) {
      return forward.of(type.cast(operation), inputs, constant, output);
    }

    Kernel backward(
        Operation operation,
        INDArray[] inputs,
        boolean[] constant,
        INDArray output,
        INDArray outputGradient,
        INDArray[] gradients) {
      return backward.of(type.cast(operation), inputs, constant, output, outputGradient, gradients);
    }
  }
}
