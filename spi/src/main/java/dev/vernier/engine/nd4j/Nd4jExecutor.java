package dev.vernier.engine.nd4j;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executor;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;

/**
 * The reference: operations as they are composed, on whatever backend ND4J has, its CPU or CUDA.
 */
public final class Nd4jExecutor implements Executor {
  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public Execution compile(Program program, Parameters parameters) {
    return new Nd4jExecution(program, parameters, Kernels.NONE);
  }
}
