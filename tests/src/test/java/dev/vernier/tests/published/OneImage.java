package dev.vernier.tests.published;

import dev.vernier.spi.Settings;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sends one image through a published checkpoint in a process of its own, and prints the seconds
 * that took and the most memory that was ever resident, in kB, as Linux counts it.
 */
final class OneImage {
  private OneImage() {}

  /** Arguments: the name of a tokenizer, a checkpoint file. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    Path file = Path.of(arguments[1]);
    TokenizerProvider provider =
        ServiceLoader.load(TokenizerProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.name().equals(arguments[0]))
            .findFirst()
            .orElseThrow();
    Settings settings = Settings.of(provider.settings(), provider.published(file));
    try (Tokenizer tokenizer = provider.load(settings, file);
        INDArray images = Nd4j.rand(1, 3, 256, 256).muli(2).subi(1)) {
      long start = System.nanoTime();
      tokenizer.decode(tokenizer.encode(images)).close();
      out.println("seconds " + (System.nanoTime() - start) / 1e9);
    }
    String peak =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow();
    out.println("peak " + peak.replaceAll("\\D", ""));
  }
}
