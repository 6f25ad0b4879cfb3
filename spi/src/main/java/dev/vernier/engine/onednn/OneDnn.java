package dev.vernier.engine.onednn;

import dev.vernier.engine.nd4j.Kernel;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A kernel that is a series of calls of the library, with the memory and primitives they need. The
 * library's engine and stream, of which a process needs one each, are shared.
 */
final class OneDnn implements Kernel {
  private final List<Pointer> owned = new ArrayList<>();
  private final List<Runnable> calls = new ArrayList<>();

  /** The CPU. */
  static engine cpu() {
    return Cpu.ENGINE;
  }

  /** Keeps a native object until this is closed. */
  <T extends Pointer> T own(T pointer) {
    owned.add(pointer);
    return pointer;
  }

  /** The attributes of a product or convolution in the precision chosen. */
  primitive_attr attributes() {
    return attributes(Precision.chosen());
  }

  /** Those of one in a given precision. */
  primitive_attr attributes(Precision precision) {
    primitive_attr attributes = own(new primitive_attr());
    attributes.set_fpmath_mode(precision.mode());
    return attributes;
  }

  /** The description of floats in a layout. */
  memory.desc floats(memory.format_tag layout, long... dimensions) {
    return own(new memory.desc(dimensions, memory.data_type.f32, layout));
  }

  /**
   * The description of floats that lie spread.
   *
   * @param strides from one number to the next of each dimension
   */
  memory.desc floats(long[] dimensions, long[] strides) {
    return own(new memory.desc(dimensions, memory.data_type.f32, strides));
  }

  /** An array's memory under a description; the array stays its owner's. */
  memory of(INDArray array, memory.desc description) {
    return own(new memory(description, Cpu.ENGINE, array.data().addressPointer()));
  }

  /**
   * The memory of an array's numbers from some number on.
   *
   * @param from how many numbers are left out
   */
  memory of(INDArray array, long from, memory.desc description) {
    Pointer start =
        own(new BytePointer(array.data().addressPointer()).position(from * Float.BYTES));
    return own(new memory(description, Cpu.ENGINE, start));
  }

  /** The same memory under another description. */
  memory sharing(memory given, memory.desc description) {
    return own(new memory(description, Cpu.ENGINE, own(given.get_data_handle())));
  }

  /** New memory. */
  memory of(memory.desc description) {
    return own(new memory(description, Cpu.ENGINE));
  }

  /** Appends a primitive, with memory by argument number. */
  void call(primitive computation, IntMemoryMap arguments) {
    own(computation);
    own(arguments);
    call(() -> computation.execute(Cpu.STREAM, arguments));
  }

  /** Appends work of our own. */
  void call(Runnable work) {
    calls.add(work);
  }

  /** Appends a copy of memory into another layout. */
  void reorder(memory from, memory to) {
    call(new reorder(from, to), arguments(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to));
  }

  /**
   * Numbers in the layout that is wanted, copied into it where they lie in another.
   *
   * @param source the numbers as they lie
   * @param constant whether they are copied now, once and for all, and not before each run
   */
  memory inLayout(memory source, memory.desc lying, memory.desc wanted, boolean constant) {
    if (wanted.equals(lying)) {
      return source;
    }
    memory target = of(wanted);
    if (constant) {
      OneDnn once = new OneDnn();
      once.reorder(source, target);
      once.run();
      once.close();
    } else {
      reorder(source, target);
    }
    return target;
  }

  /** Memory by argument number, in turns. */
  IntMemoryMap arguments(Object... numbersAndMemory) {
    IntMemoryMap map = new IntMemoryMap();
    for (int i = 0; i < numbersAndMemory.length; i += 2) {
      map.put((Integer) numbersAndMemory[i], (memory) numbersAndMemory[i + 1]);
    }
    return map;
  }

  @Override
  public void run() {
    calls.forEach(Runnable::run);
  }

  @Override
  public void close() {
    for (int i = owned.size() - 1; i >= 0; i--) {
      owned.get(i).close();
    }
    owned.clear();
  }

  private static final class Cpu {
    private static final engine ENGINE = new engine(engine.kind.cpu, 0);
    private static final stream STREAM = new stream(ENGINE);
  }
}
