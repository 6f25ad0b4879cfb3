package dev.vernier.engine;

import dev.vernier.spi.UsageException;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.nd4j.linalg.factory.Nd4j;

/** The executors there are, and the one of this process. */
public final class Executors {
  /** The environment variable that names it; {@code cuda} is ND4J on its CUDA backend. */
  private static final String VARIABLE = "VERNIER_BACKEND";

  private static final String ON_CPU = "onednn";
  private static final String ANYWHERE = "nd4j";
  private static final String CUDA = "cuda";

  private static Executor chosen;

  private Executors() {}

  /**
   * The one that {@code VERNIER_BACKEND} names; by default {@code onednn} on the CPU.
   *
   * @throws UsageException if there is none of this name
   */
  public static synchronized Executor chosen() {
    if (chosen == null) {
      chosen =
          named(
              Optional.ofNullable(System.getenv(VARIABLE))
                  .filter(name -> !name.isEmpty())
                  .map(name -> name.equals(CUDA) ? ANYWHERE : name)
                  .orElseGet(() -> Nd4j.getEnvironment().isCPU() ? ON_CPU : ANYWHERE));
    }
    return chosen;
  }

  /**
   * An executor by name.
   *
   * @throws UsageException if there is none of this name
   */
  public static Executor named(String name) {
    ServiceLoader<Executor> all =
        ServiceLoader.load(Executor.class, Executors.class.getClassLoader());
    return all.stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    VARIABLE
                        + " cannot be '"
                        + name
                        + "': it is "
                        + CUDA
                        + " or one of "
                        + all.stream()
                            .map(each -> each.get().name())
                            .collect(Collectors.joining(", "))));
  }
}
