package dev.vernier.engine.onednn;

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
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The library's engine and stream, of which a process needs one each, and the memory and primitives
 * that one kernel owns.
 */
final class OneDnn implements AutoCloseable {
  private final List<Pointer> owned = new ArrayList<>();

  /** The CPU. */
  static engine cpu() {
    return Cpu.ENGINE;
  }

  /** Keeps a native object until this is closed. */
  <T extends Pointer> T own(T pointer) {
    owned.add(pointer);
    return pointer;
  }

  /** The attributes of a product or convolution. */
  primitive_attr attributes() {
    primitive_attr attributes = own(new primitive_attr());
    attributes.set_fpmath_mode(Precision.chosen().mode());
    return attributes;
  }

  /** The description of floats in a layout. */
  memory.desc floats(memory.format_tag layout, long... dimensions) {
    return own(new memory.desc(dimensions, memory.data_type.f32, layout));
  }

  /** An array's memory under a description; the array stays its owner's. */
  memory of(INDArray array, memory.desc description) {
    return own(new memory(description, Cpu.ENGINE, array.data().addressPointer()));
  }

  /** The same memory under another description. */
  memory sharing(memory given, memory.desc description) {
    return own(new memory(description, Cpu.ENGINE, own(given.get_data_handle())));
  }

  /** New memory. */
  memory of(memory.desc description) {
    return own(new memory(description, Cpu.ENGINE));
  }

  /** The run of a primitive on memory by argument number. */
  Runnable call(primitive computation, IntMemoryMap arguments) {
    own(computation);
    own(arguments);
    return () -> computation.execute(Cpu.STREAM, arguments);
  }

  /** The run that copies memory into another layout. */
  Runnable reorder(memory from, memory to) {
    reorder copy = new reorder(from, to);
    return call(copy, arguments(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to));
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
