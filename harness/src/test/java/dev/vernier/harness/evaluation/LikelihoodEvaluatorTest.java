package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.codes.CodeFolder;
import dev.vernier.harness.codes.Codes;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Metric;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.Split;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class LikelihoodEvaluatorTest {
  private static final ImageSize SIZE = new ImageSize(1, 2);
  private static final SubCodebook VISUAL = new SubCodebook("visual", 256);
  private static final SubCodebook SEMANTIC = new SubCodebook("semantic", 256);

  @TempDir private Path folder;

  /**
   * Images of two pixels.
   *
   * @param colours red and green of the one, red and green of the other, of each image
   * @param labels of the images
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Pixels(int[][] colours, int[] labels) implements ImageDataset {
    @Override
    public DatasetSpec spec() {
      return new DatasetSpec("pixels", SIZE, List.of("a", "b", "c", "d"), "hash of pixels");
    }

    @Override
    public int size(Split split) {
      return labels.length;
    }

    @Override
    public LabelledImage image(Split split, int index) {
      int[] each = colours[index];
      byte[] rgb = {(byte) each[0], (byte) each[2], (byte) each[1], (byte) each[3], 0, 0};
      return new LabelledImage("" + index, labels[index], SIZE, rgb);
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      return image(Split.TRAIN, index);
    }
  }

  /** The codes of a pixel are its levels of red and green, or of red alone. */
  private record Levels(List<SubCodebook> codebooks) implements Tokenizer {
    @Override
    public TokenizerSpec spec() {
      return new TokenizerSpec("levels", SIZE, 1, codebooks, 1, 0);
    }

    @Override
    public Tokens encode(INDArray images) {
      int books = codebooks.size();
      int batch = (int) images.size(0);
      int[] indices = new int[batch * books * 2];
      for (int i = 0; i < indices.length; i++) {
        double value = images.getDouble(i / (2 * books), i / 2 % books, 0, i % 2);
        indices[i] = (int) Math.round((value + 1) * 127.5);
      }
      return new Tokens(indices, batch, codebooks, 1, 2);
    }

    @Override
    public INDArray decode(Tokens tokens) {
      throw new UnsupportedOperationException("codes are never decoded here");
    }

    @Override
    public void save(Path to) {
      throw new UnsupportedOperationException("there is nothing to save");
    }

    @Override
    public void close() {
      // Nothing to free.
    }
  }

  /** A code takes as many bits as its number; the class adds its own to the last sub-codebook. */
  private record Counting(List<SubCodebook> codebooks) implements Generator {
    @Override
    public GeneratorSpec spec() {
      return new GeneratorSpec("counting", codebooks, 1, 2, 4, 0);
    }

    @Override
    public Tokens sample(int[] labels, long first, SamplingSettings settings) {
      throw new UnsupportedOperationException("nothing is drawn here");
    }

    @Override
    public double[][] bits(Tokens tokens, int[] labels) {
      int books = codebooks.size();
      double[][] bits = new double[labels.length][books];
      for (int i = 0; i < labels.length; i++) {
        for (int j = 0; j < books; j++) {
          bits[i][j] = tokens.index(i, j, 0, 0) + tokens.index(i, j, 0, 1);
        }
        bits[i][books - 1] += labels[i];
      }
      return bits;
    }

    @Override
    public void save(Path to) {
      throw new UnsupportedOperationException("there is nothing to save");
    }

    @Override
    public void close() {
      // Nothing to free.
    }
  }

  private Measurement measure(Pixels images, int most, SubCodebook... codebooks)
      throws IOException {
    Levels tokenizer = new Levels(List.of(codebooks));
    Codes codes =
        new CodeFolder(folder.resolve("codes"), "weights", "code", tokenizer.spec(), images)
            .of(Split.VALIDATION, false, () -> tokenizer, () -> {}, Progress.NONE);
    return new LikelihoodEvaluator(most)
        .measure(new Counting(List.of(codebooks)), codes, "levels", folder, Progress.NONE);
  }

  private static Map<String, Double> values(Measurement measured) {
    return measured.metrics().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().value()));
  }

  /** Bits of the images by sub-codebook: 3 and 1, 5 and 2, 4 and 3; together 4, 7 and 7. */
  private static Pixels threeImages() {
    int[][] colours = {{1, 0, 2, 0}, {5, 1, 0, 0}, {2, 1, 2, 0}};
    return new Pixels(colours, new int[] {1, 1, 2});
  }

  @Test
  void bits_areOfPositions_ofImages_andOfSubTokens() throws IOException {
    Measurement measured = measure(threeImages(), 0, VISUAL, SEMANTIC);
    assertThat(values(measured))
        .containsOnly(
            Map.entry("nll_bits_per_image", 6.0),
            Map.entry("nll_bits_per_position", 3.0),
            Map.entry("nll_bits_per_position.visual", 2.0),
            Map.entry("nll_bits_per_position.semantic", 1.0),
            // An image has four sub-tokens, of 1.5 bits each.
            Map.entry("nll_perplexity", Math.pow(2, 1.5)));
    assertThat(measured.metrics().values()).extracting(Metric::samples).containsOnly(3L);
    assertThat(measured.metrics().values()).extracting(Metric::protocol).doesNotHaveDuplicates();
    assertThat(folder.resolve("images.csv"))
        .content()
        .satisfies(
            text ->
                assertThat(rows(text))
                    .isEqualTo(
                        List.of(
                            List.of(0.0, 2.0, 4.0),
                            List.of(1.0, 3.5, 7.0),
                            List.of(2.0, 3.5, 7.0))));
  }

  private static List<List<Double>> rows(String csv) {
    assertThat(csv).startsWith("image,nll_bits_per_position,nll_bits_per_image\n");
    return csv.lines()
        .skip(1)
        .map(line -> List.of(line.split(",", -1)).stream().map(Double::valueOf).toList())
        .toList();
  }

  @Test
  void singleSubCodebook_hasOnlyJointNumbers() throws IOException {
    // 3 + 1, 5 + 1 and 4 + 2 bits.
    Measurement measured = measure(threeImages(), 0, VISUAL);
    assertThat(values(measured).keySet())
        .containsExactlyInAnyOrder("nll_bits_per_image", "nll_bits_per_position", "nll_perplexity");
    assertThat(values(measured).get("nll_bits_per_image")).isCloseTo(16 / 3.0, within(1e-12));
    assertThat(values(measured).get("nll_perplexity"))
        .isCloseTo(Math.pow(2, 16 / 6.0), within(1e-12));
  }

  @Test
  void imagesWithoutAClass_areLeftOut() throws IOException {
    int[][] colours = {{1, 0, 2, 0}, {9, 9, 9, 9}, {5, 1, 0, 0}, {2, 1, 2, 0}};
    Measurement measured =
        measure(new Pixels(colours, new int[] {1, -1, 1, 2}), 0, VISUAL, SEMANTIC);
    assertThat(values(measured)).containsEntry("nll_bits_per_image", 6.0);
    assertThat(rows(Files.readString(folder.resolve("images.csv"))))
        .extracting(row -> row.get(0))
        .containsExactly(0.0, 2.0, 3.0);
  }

  /** Every other image of 80, in several batches; each keeps its own codes and class. */
  @Test
  void someImages_areTakenEvenly() throws IOException {
    int[][] colours =
        IntStream.range(0, 80).mapToObj(i -> new int[] {i, 0, 0, 0}).toArray(int[][]::new);
    int[] labels = IntStream.range(0, 80).map(i -> i % 4).toArray();
    measure(new Pixels(colours, labels), 40, VISUAL, SEMANTIC);
    assertThat(rows(Files.readString(folder.resolve("images.csv"))))
        .isEqualTo(
            IntStream.range(0, 40)
                .mapToObj(i -> 2.0 * i)
                .map(image -> List.of(image, (image + image % 4) / 2, image + image % 4))
                .toList());
  }
}
