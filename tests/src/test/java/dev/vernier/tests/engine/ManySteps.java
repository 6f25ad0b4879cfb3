package dev.vernier.tests.engine;

import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.TrainableGenerator;
import dev.vernier.spi.TrainableTokenizer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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

  /** Trains: the name of a tokenizer or generator, steps that do not count, steps that do. */
  public static void main(String[] arguments) throws Exception {
    Optional<TokenizerProvider> tokenizer =
        ServiceLoader.load(TokenizerProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals(arguments[0]))
            .findFirst();
    int first = Integer.parseInt(arguments[1]);
    int steps = Integer.parseInt(arguments[2]);
    if (tokenizer.isPresent()) {
      try (TrainableTokenizer training = TinyTraining.open(tokenizer.get(), Map.of(), 7);
          INDArray images = TinyTraining.images(1)) {
        report(() -> training.step(images), first, steps);
      }
    } else {
      try (TrainableGenerator training = TinyTraining.generator(arguments[0], 7)) {
        Tokens tokens = TinyTraining.tokens(1);
        int[] labels = new int[tokens.batch()];
        report(() -> training.step(tokens, labels), first, steps);
      }
    }
  }

  private static void report(Runnable step, int first, int steps) throws IOException {
    PrintStream out = System.out;
    run(step, first);
    long before = allocated();
    run(step, steps);
    out.println("grown " + (allocated() - before));
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

  private static void run(Runnable step, int times) {
    for (int i = 0; i < times; i++) {
      step.run();
    }
  }
}
