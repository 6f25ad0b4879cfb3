package dev.vernier.tests.engine;

import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TrainableTokenizer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains in a process of its own and prints the growth of its resident memory in bytes, from the
 * end of a first few steps to the end of many.
 */
final class ManySteps {
  private ManySteps() {}

  /** Trains: the name of a tokenizer, steps that do not count, steps that do. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    TokenizerProvider provider =
        ServiceLoader.load(TokenizerProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals(arguments[0]))
            .findFirst()
            .orElseThrow();
    try (TrainableTokenizer training = TinyTraining.open(provider, Map.of(), 7);
        INDArray images = TinyTraining.images(1)) {
      run(training, images, Integer.parseInt(arguments[1]));
      long before = allocated();
      run(training, images, Integer.parseInt(arguments[2]));
      out.println("grown " + (allocated() - before));
    }
  }

  /**
   * Resident memory that no file backs, where the system tells it apart: pages of libraries go and
   * come back as it likes.
   */
  private static long allocated() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return Pointer.physicalBytes();
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseGet(Pointer::physicalBytes);
    }
  }

  private static void run(TrainableTokenizer training, INDArray images, int steps) {
    for (int step = 0; step < steps; step++) {
      training.step(images);
    }
  }
}
