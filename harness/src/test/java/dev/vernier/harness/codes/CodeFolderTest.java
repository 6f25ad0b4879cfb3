package dev.vernier.harness.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.data.TenCrop;
import dev.vernier.harness.hashing.FolderHash;
import dev.vernier.harness.images.RgbImage;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private static final ImageSize SIZE = CornerTokenizer.SIZE;

  @TempDir private Path folder;
  private Path weights;
  private String code = "0a";
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
    return codes(dataset, false, () -> {});
  }

  private Codes codes(String dataset, boolean tenCrop, Runnable between) throws IOException {
    CodeFolder codes =
        new CodeFolder(
            folder.resolve("codes"),
            FolderHash.of(weights),
            code,
            new CornerTokenizer().spec(),
            new Noise(dataset));
    return codes.of(
        Split.TRAIN,
        tenCrop,
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
    return encoded(shown);
  }

  private static Tokens encoded(LabelledImage shown) {
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
        assertThat(again.tokens(new int[] {i}, new int[] {mirrored ? 1 : 0}))
            .isEqualTo(encoded(i, mirrored));
      }
    }
    assertThat(encoded(5, true)).isNotEqualTo(encoded(5, false));
  }

  @Test
  void codesOfTenCrops_lieBesideThoseOfTheImages() throws IOException {
    Codes plain = codes("data");
    Codes cropped = codes("data", true, () -> {});
    assertThat(cropped.hash()).isNotEqualTo(plain.hash());
    assertThat(cropped.views()).isEqualTo(10L * IMAGES);
    assertThat(codes("data").hash()).isEqualTo(plain.hash());
    assertThat(codes("data", true, () -> {}).hash()).isEqualTo(cropped.hash());
    assertThat(opened).isEqualTo(2);
    for (int i = 0; i < IMAGES; i++) {
      List<LabelledImage> crops = TenCrop.of(new Noise("data"), i);
      assertThat(cropped.label(i)).isEqualTo(i % 3);
      for (int v = 0; v < crops.size(); v++) {
        assertThat(cropped.tokens(new int[] {i}, new int[] {v})).isEqualTo(encoded(crops.get(v)));
      }
    }
  }

  @Test
  void batchesOfTenCrops_showEveryImageOnceAnEpoch_andAllOfItsCrops() throws IOException {
    Codes codes = codes("data", true, () -> {});
    CodeBatches batches = new CodeBatches(codes, IMAGES, 1);
    assertThat(new CodeBatches(codes, IMAGES, 1).at(7).tokens()).isEqualTo(batches.at(7).tokens());
    Map<Tokens, Integer> images = new HashMap<>();
    for (int i = 0; i < IMAGES; i++) {
      for (int v = 0; v < TenCrop.COUNT; v++) {
        images.put(codes.tokens(new int[] {i}, new int[] {v}), i);
      }
    }
    assertThat(images).hasSize(TenCrop.COUNT * IMAGES);
    Map<Tokens, Integer> seen = new HashMap<>();
    for (int epoch = 0; epoch < 60; epoch++) {
      Set<Integer> once = new HashSet<>();
      for (Tokens each : split(batches.at(epoch).tokens())) {
        once.add(images.get(each));
        seen.merge(each, 1, Integer::sum);
      }
      assertThat(once).hasSize(IMAGES);
    }
    // Of 60 draws a view gets 6, give or take 2.3; a seed on which none is missed by far.
    assertThat(seen).hasSizeGreaterThan(TenCrop.COUNT * IMAGES * 98 / 100);
    assertThat(seen.values()).allMatch(times -> times < 20);
  }

  private static List<Tokens> split(Tokens batch) {
    int each = batch.toArray().length / batch.batch();
    List<Tokens> single = new ArrayList<>();
    for (int i = 0; i < batch.batch(); i++) {
      int[] own = Arrays.copyOfRange(batch.toArray(), i * each, (i + 1) * each);
      single.add(new Tokens(own, 1, batch.subCodebooks(), batch.height(), batch.width()));
    }
    return single;
  }

  @Test
  void encoding_goesOnWhereItWasStopped() throws IOException {
    Codes whole = codes("data", true, () -> {});
    byte[] bytes = Files.readAllBytes(folder.resolve("codes/train-ten-crop.codes"));
    Files.delete(folder.resolve("codes/train-ten-crop.codes"));
    Files.delete(folder.resolve("codes/train-ten-crop.json"));

    AtomicInteger parts = new AtomicInteger();
    Runnable stop =
        () -> {
          if (parts.incrementAndGet() == 2) {
            throw new IllegalStateException("stop");
          }
        };
    assertThatThrownBy(() -> codes("data", true, stop)).hasMessage("stop");
    assertThat(folder.resolve("codes/train-ten-crop.codes")).doesNotExist();
    parts.set(100);
    Codes resumed = codes("data", true, parts::incrementAndGet);
    assertThat(parts).hasValue(101);
    assertThat(resumed.hash()).isEqualTo(whole.hash());
    assertThat(folder.resolve("codes/train-ten-crop.codes")).hasBinaryContent(bytes);
    assertThat(resumed.seconds()).isPositive();
    assertThat(codes("data", true, () -> {}).seconds()).isEqualTo(resumed.seconds());
    assertThat(folder.resolve("codes"))
        .isDirectoryNotContaining("glob:**unfinished*")
        .isDirectoryContaining("glob:**/train-ten-crop.codes");
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
    assertThatThrownBy(() -> codes("data", false, once)).hasMessage("stop");
    AtomicInteger parts = new AtomicInteger();
    codes("other", false, parts::incrementAndGet);
    assertThat(parts).hasValue(2);
  }

  @Test
  void codesOfOtherWeightsDataOrCode_orDamagedOnes_areMadeAnew() throws IOException {
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
    code = "0b";
    assertThat(codes("other").hash()).isEqualTo(hash);
    assertThat(opened).isEqualTo(5);
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
    for (int i = 0; i < IMAGES; i++) {
      Tokens one = split(second.tokens()).get(i);
      int image = Math.max(plain.indexOf(one), mirrored.indexOf(one));
      seen.add(image);
      flips += mirrored.contains(one) ? 1 : 0;
      assertThat(second.labels()[i]).isEqualTo(image % 3);
    }
    assertThat(seen).hasSize(IMAGES);
    assertThat(flips).isBetween(8, 29);
  }
}
