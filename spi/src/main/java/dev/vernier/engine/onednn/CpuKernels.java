package dev.vernier.engine.onednn;

import dev.vernier.engine.nd4j.Kernel;
import dev.vernier.engine.nd4j.Kernels;
import dev.vernier.engine.program.Operation;
import dev.vernier.engine.program.operations.Affine;
import dev.vernier.engine.program.operations.Attend;
import dev.vernier.engine.program.operations.Convolve;
import dev.vernier.engine.program.operations.GroupNormalize;
import dev.vernier.engine.program.operations.Lookup;
import dev.vernier.engine.program.operations.MoveChannels;
import dev.vernier.engine.program.operations.Upsample;
import java.util.IdentityHashMap;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The kernel of each operation. */
final class CpuKernels implements Kernels {
  private static final Set<Class<? extends Operation>> KNOWN =
      Set.of(
          Affine.class,
          Attend.class,
          Convolve.class,
          GroupNormalize.class,
          Lookup.class,
          MoveChannels.class,
          Upsample.class);

  /** By output: the gradients need what the forward pass found. */
  private final IdentityHashMap<INDArray, GroupNorm> norms = new IdentityHashMap<>();

  @Override
  public boolean has(Operation operation) {
    return KNOWN.contains(operation.getClass());
  }

  @Override
  public Kernel forward(Operation operation, INDArray[] inputs, INDArray output) {
    if (operation instanceof Affine) {
      return AffineMap.forward(inputs, output);
    }
    if (operation instanceof Attend attend) {
      return Attention.forward(attend, inputs, output);
    }
    if (operation instanceof Convolve convolve) {
      return Convolution.forward(convolve.window(), inputs, output);
    }
    if (operation instanceof GroupNormalize normalize) {
      GroupNorm norm = new GroupNorm(normalize, inputs);
      norms.put(output, norm);
      return norm.forward(output);
    }
    if (operation instanceof Upsample) {
      return Upsampling.forward(inputs[0], output);
    }
    if (operation instanceof Lookup) {
      return TableLookup.forward(inputs[0], inputs[1], output);
    }
    return moved((MoveChannels) operation, inputs[0], output);
  }

  @Override
  public Kernel backward(
      Operation operation,
      INDArray[] inputs,
      INDArray output,
      INDArray outputGradient,
      INDArray[] gradients) {
    if (operation instanceof Affine) {
      return AffineMap.backward(inputs, outputGradient, gradients);
    }
    if (operation instanceof Attend attend) {
      return Attention.backward(attend, inputs, outputGradient, gradients);
    }
    if (operation instanceof Convolve convolve) {
      return Convolution.backward(convolve.window(), inputs, outputGradient, gradients);
    }
    if (operation instanceof GroupNormalize) {
      return norms.get(output).backward(outputGradient, gradients);
    }
    if (operation instanceof Upsample) {
      return Upsampling.backward(outputGradient, gradients[0]);
    }
    if (operation instanceof Lookup) {
      return TableLookup.backward(inputs[1], outputGradient, gradients[0]);
    }
    boolean back = !((MoveChannels) operation).last();
    return moved(new MoveChannels(back), outputGradient, gradients[0]);
  }

  private static Kernel moved(MoveChannels operation, INDArray from, INDArray to) {
    int images = (int) from.size(0);
    int rows = (int) (operation.last() ? from.size(1) : from.size(1) * from.size(2));
    return Transposition.of(from, to, images, rows);
  }
}
