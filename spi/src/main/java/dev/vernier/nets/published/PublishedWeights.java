package dev.vernier.nets.published;

import dev.vernier.engine.program.Graph;
import dev.vernier.spi.UsageException;
import dev.vernier.weights.FewNames;
import dev.vernier.weights.WeightFile;
import dev.vernier.weights.WrappedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The arrays of a weight file, taken by name while a net is defined. What does not fit is reported
 * at the end, all at once.
 */
final class PublishedWeights implements AutoCloseable {
  /** Keeps the constants apart from the parameters of a net that is trained in the same graph. */
  private static final String SCOPE = "published.";

  private final Path path;
  private final WeightFile file;
  private final Set<String> missing = new TreeSet<>();
  private final Set<String> misshapen = new TreeSet<>();
  private final Set<String> leftOver;

  /**
   * Opens a file.
   *
   * @param landmark an array of the net, by which it is found where the file nests it
   * @throws UsageException if it is no weight file, damaged, or holds several such nets
   */
  PublishedWeights(Path path, String landmark) throws IOException {
    this.path = path;
    this.file = net(path, landmark);
    this.leftOver = new TreeSet<>(file.names());
  }

  private static WeightFile net(Path path, String landmark) throws IOException {
    WeightFile file = WeightFile.open(path);
    try {
      Optional<WrappedModel> net = WrappedModel.find(path, file, landmark, name -> true);
      net.flatMap(WrappedModel::choice)
          .ifPresent(
              choice -> {
                throw new UsageException(
                    path + ": " + choice + "; save the one that is meant alone");
              });
      return net.isPresent() ? net.get() : file;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The values of an array, row-major; zeros where the file lacks it, until {@link #check}. */
  float[] take(String name, long... shape) {
    int length = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    if (!leftOver.remove(name)) {
      missing.add(name);
    } else if (!Arrays.equals(file.shape(name), shape)) {
      misshapen.add(
          name + " " + Arrays.toString(file.shape(name)) + " instead of " + Arrays.toString(shape));
    } else {
      try {
        return file.read(name);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new float[length];
  }

  /**
   * An array as a constant of a graph. Asked for again under the same name, the constant is shared.
   */
  SDVariable constant(Graph graph, String name, long... shape) {
    return graph.frozen(SCOPE + name, () -> take(name, shape), shape);
  }

  /**
   * Checks that all that was taken was there, and nothing else was.
   *
   * @param net what the weights should be, for the message
   * @param unneeded names that may be left over
   * @throws UsageException if not; the message names what does not fit
   */
  void check(String net, Predicate<String> unneeded) {
    leftOver.removeIf(unneeded);
    if (missing.isEmpty() && misshapen.isEmpty() && leftOver.isEmpty()) {
      return;
    }
    throw new UsageException(
        path
            + " does not hold the weights of "
            + net
            + ": missing "
            + FewNames.of(missing)
            + ", left over "
            + FewNames.of(leftOver)
            + ", of another shape "
            + FewNames.of(misshapen)
            + "; give the published file");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
