package dev.vernier.harness.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.data.RgbImage;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Split;
import dev.vernier.spi.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

@Tag("numerics")
class CodeFolderTest {
  private static final int IMAGES = 37;
  private static final ImageSize SIZE = new ImageSize(4, 6);

  @TempDir private Path folder;
  private Path weights;
  private int opened;

  /** Noise, of three classes. */
  private record Noise(String hash) implements ImageDataset {
    @Override
    public DatasetSpec spec() {
      return new DatasetSpec("noise", SIZE, List.of("a", "b", "c"), hash);
    }

    @Override
    public int size(Split split) {
      return IMAGES;
    }

    @Override
    public LabelledImage image(Split split, int index) {
      byte[] rgb = new byte[3 * SIZE.area()];
      new Random(index).nextBytes(rgb);
      return new LabelledImage("" + index, index % 3, SIZE, rgb);
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      return image(Split.TRAIN, index);
    }
  }

  @BeforeEach
  void writeWeights() throws IOException {
    weights = Files.createDirectories(folder.resolve("weights"));
    Files.writeString(weights.resolve("weights"), "one");
  }

  private Codes codes(String dataset) throws IOException {
    return codes(dataset, () -> {});
  }

  private Codes codes(String dataset, Runnable between) throws IOException {
    CodeFolder codes =
        new CodeFolder(
            folder.resolve("codes"), weights, new CornerTokenizer().spec(), new Noise(dataset));
    return codes.of(
        Split.TRAIN,
        () -> {
          opened++;
          return new CornerTokenizer();
        },
        between,
        Progress.NONE);
  }

  private static Tokens encoded(int image, boolean mirrored) {
    LabelledImage plain = new Noise("").image(Split.TRAIN, image);
    byte[] rgb = new RgbImage(SIZE.width(), SIZE.height(), plain.rgb()).mirrored().rgb();
    LabelledImage shown =
        mirrored ? new LabelledImage(plain.id(), plain.label(), SIZE, rgb) : plain;
    try (INDArray array = Pixels.toArray(List.of(shown))) {
      return new CornerTokenizer().encode(array);
    }
  }

  @Test
  void codes_areThoseOfEachImageAndItsMirrorImage_writtenOnce() throws IOException {
    codes("data");
    Codes again = codes("data");
    assertThat(opened).isEqualTo(1);
    for (int i = 0; i < IMAGES; i++) {
      assertThat(again.label(i)).isEqualTo(i % 3);
      for (boolean mirrored : new boolean[] {false, true}) {
        assertThat(again.tokens(new int[] {i}, new boolean[] {mirrored}))
            .isEqualTo(encoded(i, mirrored));
      }
    }
    assertThat(encoded(5, true)).isNotEqualTo(encoded(5, false));
  }

  @Test
  void encoding_goesOnWhereItWasStopped() throws IOException {
    Codes whole = codes("data");
    byte[] bytes = Files.readAllBytes(folder.resolve("codes/train.codes"));
    Files.delete(folder.resolve("codes/train.codes"));
    Files.delete(folder.resolve("codes/train.json"));

    AtomicInteger parts = new AtomicInteger();
    Runnable stop =
        () -> {
          if (parts.incrementAndGet() == 2) {
            throw new IllegalStateException("stop");
          }
        };
    assertThatThrownBy(() -> codes("data", stop)).hasMessage("stop");
    assertThat(folder.resolve("codes/train.codes")).doesNotExist();
    parts.set(100);
    Codes resumed = codes("data", parts::incrementAndGet);
    assertThat(parts).hasValue(101);
    assertThat(resumed.hash()).isEqualTo(whole.hash());
    assertThat(folder.resolve("codes/train.codes")).hasBinaryContent(bytes);
    assertThat(resumed.seconds()).isPositive();
    assertThat(codes("data").seconds()).isEqualTo(resumed.seconds());
    assertThat(folder.resolve("codes"))
        .isDirectoryNotContaining("glob:**unfinished*")
        .isDirectoryContaining("glob:**/train.codes");
  }

  @Test
  void encodingOfOtherData_beginsAnew() throws IOException {
    Runnable once =
        new Runnable() {
          private int parts;

          @Override
          public void run() {
            if (parts++ > 0) {
              throw new IllegalStateException("stop");
            }
          }
        };
    assertThatThrownBy(() -> codes("data", once)).hasMessage("stop");
    AtomicInteger parts = new AtomicInteger();
    codes("other", parts::incrementAndGet);
    assertThat(parts).hasValue(2);
  }

  @Test
  void codesOfOtherWeightsOrData_orDamagedOnes_areMadeAnew() throws IOException {
    String hash = codes("data").hash();
    assertThat(codes("other").source().dataset()).isEqualTo("other");
    Files.writeString(weights.resolve("weights"), "two");
    assertThat(codes("other").hash()).isEqualTo(hash);
    assertThat(opened).isEqualTo(3);
    Path file = folder.resolve("codes/train.codes");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(codes("other").hash()).isEqualTo(hash);
    assertThat(opened).isEqualTo(4);
    assertThat(Files.readAllBytes(file)).isNotEqualTo(bytes);
  }

  @Test
  void batches_showEveryImageOnceAnEpoch_mirroredByChance_andDependOnTheirStepAlone()
      throws IOException {
    Codes codes = codes("data");
    CodeBatches batches = new CodeBatches(codes, IMAGES, 1);
    CodeBatches.Batch second = batches.at(1);
    CodeBatches.Batch later = new CodeBatches(codes, IMAGES, 1).at(1);
    assertThat(later.tokens()).isEqualTo(second.tokens());
    assertThat(later.labels()).isEqualTo(second.labels());
    assertThat(batches.at(0).tokens()).isNotEqualTo(second.tokens());

    List<Tokens> plain = new ArrayList<>();
    List<Tokens> mirrored = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      plain.add(encoded(i, false));
      mirrored.add(encoded(i, true));
    }
    Set<Integer> seen = new HashSet<>();
    int flips = 0;
    int each = second.tokens().toArray().length / IMAGES;
    for (int i = 0; i < IMAGES; i++) {
      int[] own = Arrays.copyOfRange(second.tokens().toArray(), i * each, (i + 1) * each);
      Tokens one = new Tokens(own, 1, codes.source().subCodebooks(), 2, 3);
      int image = Math.max(plain.indexOf(one), mirrored.indexOf(one));
      seen.add(image);
      flips += mirrored.contains(one) ? 1 : 0;
      assertThat(second.labels()[i]).isEqualTo(image % 3);
    }
    assertThat(seen).hasSize(IMAGES);
    assertThat(flips).isBetween(8, 29);
  }
}
