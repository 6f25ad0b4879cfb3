package dev.vernier.engine.nd4j;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executor;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import java.util.List;

/**
 * The reference: operations as they are composed, on whatever backend ND4J has, its CPU or CUDA.
 */
public final class Nd4jExecutor implements Executor {
  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public List<Execution> compile(List<Program> programs, Parameters parameters) {
    return Nd4jExecution.all(programs, parameters, () -> Kernels.NONE);
  }
}
