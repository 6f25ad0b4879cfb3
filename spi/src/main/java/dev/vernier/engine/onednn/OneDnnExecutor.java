package dev.vernier.engine.onednn;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executor;
import dev.vernier.engine.nd4j.Nd4jExecution;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.spi.UsageException;
import java.util.List;

/** The executor on the CPU. */
public final class OneDnnExecutor implements Executor {
  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public String description() {
    return Precision.chosen() == Precision.FP32 ? name() : name() + " in bf16";
  }

  @Override
  public List<Execution> compile(List<Program> programs, Parameters parameters) {
    try {
      return Nd4jExecution.all(programs, parameters, CpuKernels::new);
    } catch (LinkageError e) {
      throw new UsageException(
          "oneDNN could not be loaded (" + e.getMessage() + "): set VERNIER_BACKEND=nd4j", e);
    }
  }
}
