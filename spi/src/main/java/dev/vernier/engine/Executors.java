package dev.vernier.engine;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.nd4j.linalg.factory.Nd4j;

/** The executor of this process. */
public final class Executors {
  /** The environment variable that names it. */
  private static final String VARIABLE = "VERNIER_BACKEND";

  private static final String CPU = "onednn";
  private static final String OTHER = "nd4j";

  private Executors() {}

  /** The one that {@code VERNIER_BACKEND} names; by default the fastest that runs here. */
  public static Executor chosen() {
    return Chosen.EXECUTOR;
  }

  /**
   * An executor by name.
   *
   * @throws IllegalArgumentException if there is none of this name
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
                new IllegalArgumentException(
                    "there is no executor '"
                        + name
                        + "'; there are: "
                        + all.stream()
                            .map(each -> each.get().name())
                            .collect(Collectors.joining(", "))));
  }

  /** Found once, when it is first asked for. */
  private static final class Chosen {
    private static final Executor EXECUTOR =
        named(
            Optional.ofNullable(System.getenv(VARIABLE))
                .filter(name -> name.equals(CPU) || name.equals(OTHER))
                .orElseGet(() -> Nd4j.getEnvironment().isCPU() ? CPU : OTHER));
  }
}
