package dev.vernier.engine;

import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import java.util.List;

/**
 * Makes programs ready to run on a device. Executors are registered for {@link
 * java.util.ServiceLoader} and found by name.
 */
public interface Executor {
  /** How a user names it; recorded with every number. */
  String name();

  /** Its name and whatever else of its own choosing its results depend on. */
  default String description() {
    return name();
  }

  /**
   * Lays a program out: finds the memory of every array and the kernel of every operation.
   *
   * @param parameters read, and their gradients written, in place; must outlive the result
   */
  default Execution compile(Program program, Parameters parameters) {
    return compile(List.of(program), parameters).get(0);
  }

  /**
   * Lays several programs out that share their inputs by name: what is set, or carried, in one is
   * read by the others. Closed together.
   *
   * @param parameters as for one program
   * @return an execution of each program, in their order
   */
  List<Execution> compile(List<Program> programs, Parameters parameters);
}
