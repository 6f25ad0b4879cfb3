package dev.vernier.tests.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vernier.spi.GeneratorContext;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.TrainableGenerator;
import dev.vernier.spi.TrainableTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One training step of every model there is, on whatever executor the process has chosen: a folder
 * of each with its losses and all that it saves, the moments among them, which after one step are
 * the gradients. Generators make two.
 */
final class OneStep {
  private static final ImageSize SIZE = new ImageSize(12, 20);
  private static final int BATCH = 4;

  private OneStep() {}

  /** Writes into a folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (TokenizerProvider provider : TinyTraining.networks().toList()) {
      tokenizer(provider, Map.of(), Files.createDirectory(folder.resolve(provider.name())));
      if (provider.name().equals("vqgan")) {
        Map<String, String> adversary =
            Map.of(
                "adversarial-weight", "0.5",
                "adversarial-adaptive", "true",
                "discriminator-channels", "4",
                "discriminator-layers", "1");
        tokenizer(provider, adversary, Files.createDirectory(folder.resolve("vqgan-adversarial")));
      }
    }
    for (GeneratorProvider provider : ServiceLoader.load(GeneratorProvider.class)) {
      generator(provider, Files.createDirectory(folder.resolve(provider.name())));
    }
  }

  private static void tokenizer(
      TokenizerProvider provider, Map<String, String> further, Path folder) throws IOException {
    Random random = new Random(3);
    float[] pixels = new float[BATCH * 3 * SIZE.area()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 2 * random.nextFloat() - 1;
    }
    try (TrainableTokenizer training = TinyTraining.open(provider, further, SIZE, 7);
        INDArray flat = Nd4j.createFromArray(pixels);
        INDArray images = flat.reshape(BATCH, 3, SIZE.height(), SIZE.width())) {
      Map<String, Object> numbers = new LinkedHashMap<>();
      try (Tokenizer untrained = training.tokenizer()) {
        Tokens tokens = untrained.encode(images);
        numbers.put("tokens", tokens.toArray());
        try (INDArray decoded = untrained.decode(tokens)) {
          numbers.put("decoded", decoded.dup('c').data().asFloat());
        }
      }
      numbers.put("losses", training.step(images));
      training.save(folder);
      write(folder, numbers);
    }
  }

  private static void generator(GeneratorProvider provider, Path folder) throws IOException {
    List<SubCodebook> codebooks = List.of(new SubCodebook("a", 6), new SubCodebook("b", 9));
    TokenizerSpec tokenizer = new TokenizerSpec("none", new ImageSize(2, 3), 1, codebooks, 1, 0);
    Random random = new Random(5);
    int[] indices = new int[BATCH * 2 * 6];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = random.nextInt(6);
    }
    Tokens tokens = new Tokens(indices, BATCH, codebooks, 2, 3);
    Map<String, String> sizes =
        Map.of("width", "16", "layers", "2", "heads", "2", "head-layers", "2");
    try (TrainableGenerator training =
        provider.create(
            Settings.of(provider.settings(), sizes),
            new GeneratorContext(tokenizer, 3, BATCH, 10, 7, false))) {
      // Classifiers begin at zero, so nothing behind them has a gradient in the first step.
      training.step(tokens, new int[] {0, 1, 2, 0});
      Map<String, Object> numbers = new LinkedHashMap<>();
      numbers.put("losses", training.step(tokens, new int[] {0, 1, 2, 0}));
      training.save(folder);
      write(folder, numbers);
    }
  }

  private static void write(Path folder, Map<String, Object> numbers) throws IOException {
    new ObjectMapper().writeValue(folder.resolve("numbers.json").toFile(), numbers);
  }
}
