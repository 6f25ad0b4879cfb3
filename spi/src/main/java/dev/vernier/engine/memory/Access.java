package dev.vernier.engine.memory;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How Java reaches the numbers of native arrays, decided here for all of Vernier. On the CPU they
 * lie at a pointer. Another device has memory of its own, and only ND4J's calls know which of its
 * two copies is the newer, so there they alone are used.
 */
enum Access {
  /** Memory itself. */
  POINTERS {
    @Override
    Floats floats(INDArray array) {
      FloatPointer pointer = new FloatPointer(array.data().addressPointer());
      return new BufferedFloats(pointer.position(0).capacity(array.length()).asBuffer());
    }

    @Override
    void read(INDArray array, int[] target) {
      integers(array).asBuffer().get(0, target);
    }

    @Override
    void write(INDArray array, int[] values) {
      integers(array).asBuffer().put(0, values);
    }

    private IntPointer integers(INDArray array) {
      return new IntPointer(array.data().addressPointer()).position(0).capacity(array.length());
    }
  },

  /** Copies made by ND4J. */
  CALLS {
    @Override
    Floats floats(INDArray array) {
      return new CopiedFloats(flat(array));
    }

    @Override
    void read(INDArray array, int[] target) {
      try (INDArray copy = array.dup('c')) {
        System.arraycopy(copy.data().asInt(), 0, target, 0, target.length);
      }
    }

    @Override
    void write(INDArray array, int[] values) {
      try (INDArray copy = Nd4j.createFromArray(values)) {
        flat(array).assign(copy);
      }
    }

    /** A view of the same memory, whatever the strides of axes of length 1. */
    private INDArray flat(INDArray array) {
      return Nd4j.create(array.data(), new long[] {array.length()}, new long[] {1}, 0, 'c');
    }
  };

  /** The one for the backend of this process. */
  static Access chosen() {
    return Nd4j.getEnvironment().isCPU() ? POINTERS : CALLS;
  }

  /** The floats of an array in row-major order. */
  abstract Floats floats(INDArray array);

  /** A copy of all of them. */
  float[] all(INDArray array) {
    Floats floats = floats(array);
    float[] values = new float[floats.length()];
    floats.read(0, values, values.length);
    return values;
  }

  /** Copies the first integers of an array in row-major order out. */
  abstract void read(INDArray array, int[] target);

  /** Copies as many integers in as an array in row-major order has. */
  abstract void write(INDArray array, int[] values);
}
