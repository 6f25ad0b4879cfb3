package dev.vernier.harness.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.protocols.Preparation;
import dev.vernier.harness.protocols.PublishedProtocol;
import dev.vernier.records.Metric;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Split;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TokenizerEvaluatorTest {
  private static final int SIDE = 16;
  private static final int COUNT = 40;

  /** Large pictures, cropped as ADM does; those that are asked for uncropped, or none of them. */
  private record Pictures(boolean handedOut) implements ImageDataset {
    @Override
    public DatasetSpec spec() {
      return new DatasetSpec("pictures", ImageSize.square(SIDE), List.of(), "hash");
    }

    @Override
    public int size(Split split) {
      return COUNT;
    }

    private static LabelledImage picture(int index) {
      byte[] rgb = new byte[3 * 24 * 40];
      Random random = new Random(index);
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) (3 * index + random.nextInt(60) + i / 40);
      }
      return new LabelledImage("picture " + index, -1, new ImageSize(24, 40), rgb);
    }

    @Override
    public LabelledImage image(Split split, int index) {
      LabelledImage picture = picture(index);
      RgbImage crop = Preparation.ADM.of(new RgbImage(40, 24, picture.rgb()), SIDE);
      return new LabelledImage(picture.id(), -1, ImageSize.square(SIDE), crop.rgb());
    }

    @Override
    public Optional<LabelledImage> original(Split split, int index) {
      return handedOut ? Optional.of(picture(index)) : Optional.empty();
    }

    @Override
    public LabelledImage augmented(int index, RandomGenerator random) {
      return image(Split.TRAIN, index);
    }
  }

  /** The code of a pixel is its level of green in 16 steps; decoded, it is a grey. */
  private static final class Greys implements Tokenizer {
    private int decoded;
    private float added;

    @Override
    public TokenizerSpec spec() {
      return new TokenizerSpec(
          "greys", ImageSize.square(SIDE), 1, List.of(new SubCodebook("grey", 16)), 1, 0);
    }

    @Override
    public Tokens encode(INDArray images) {
      float[] values = images.dup('c').data().asFloat();
      int area = SIDE * SIDE;
      int batch = (int) images.size(0);
      int[] indices = new int[batch * area];
      for (int i = 0; i < indices.length; i++) {
        float green = values[(3 * (i / area) + 1) * area + i % area];
        indices[i] = (int) Math.max(0, Math.min(15, 8 * (green + 1)));
      }
      return new Tokens(indices, batch, spec().subCodebooks(), SIDE, SIDE);
    }

    @Override
    public INDArray decode(Tokens tokens) {
      decoded += tokens.batch();
      int area = SIDE * SIDE;
      float[] values = new float[3 * tokens.batch() * area];
      int[] indices = tokens.toArray();
      for (int i = 0; i < values.length; i++) {
        values[i] = (indices[i / (3 * area) * area + i % area] + 0.4f) / 8 - 1 + added;
      }
      return Nd4j.createFromArray(values).reshape(tokens.batch(), 3, SIDE, SIDE);
    }

    @Override
    public void save(Path folder) {
      throw new UnsupportedOperationException("there is nothing to save");
    }

    @Override
    public void close() {
      // Nothing to free.
    }
  }

  @TempDir Path folder;
  private final MeanColours tf1 = new MeanColours("tf1");
  private final Greys greys = new Greys();

  private Measurement measured(boolean handedOut, MeasuredProtocols protocols) throws IOException {
    return new TokenizerEvaluator(
            new ReferenceImages(new Pictures(handedOut), 0),
            tf1,
            Optional.empty(),
            protocols,
            new MeasureOptions(0, 0, 0))
        .measure(greys, folder, Progress.NONE);
  }

  private MeasuredProtocols all() {
    return new MeasuredProtocols(
        List.of(PublishedProtocol.values()),
        Map.of("tf1", tf1, "torch", new MeanColours("torch"), "clean", new MeanColours("clean")));
  }

  private static double value(Measurement measurement, MetricKind kind) {
    return measurement.metrics().get(kind.key()).value();
  }

  @Test
  void imagesOfNoNumbers_areNotScored() {
    greys.added = Float.NaN;
    assertThatThrownBy(() -> measured(true, MeasuredProtocols.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("greys decodes to values that are not finite, NaN among them: ");
  }

  @Test
  void imagesOfAnotherRange_areScored_andSaidToBeClamped() throws IOException {
    String clamped = "greys decodes to values from ";
    assertThat(measured(true, MeasuredProtocols.NONE).notes())
        .noneMatch(note -> note.startsWith(clamped));
    greys.added = 2;
    assertThat(measured(true, MeasuredProtocols.NONE).notes())
        .anyMatch(note -> note.startsWith(clamped) && note.contains("100% of them beyond [-1, 1]"));
  }

  @Test
  void protocolsOfPapers_leaveOurNumbers_andThatOfAdmCropsAgrees() throws IOException {
    Measurement ours = measured(true, MeasuredProtocols.NONE);
    int before = greys.decoded;
    Measurement all = measured(true, all());
    assertThat(all.metrics())
        .containsAllEntriesOf(ours.metrics())
        .hasSize(ours.metrics().size() + 10);
    assertThat(all.notes()).isEqualTo(ours.notes());
    assertThat(value(all, MetricKind.PSNR_LLAMAGEN)).isEqualTo(value(ours, MetricKind.PSNR));
    assertThat(value(all, MetricKind.RFID_LLAMAGEN))
        .isCloseTo(value(ours, MetricKind.RFID), within(1e-9));
    assertThat(value(all, MetricKind.RFID_TITOK))
        .isNotCloseTo(value(ours, MetricKind.RFID), within(1e-6));
    // Beside ours, which are LlamaGen's too, the crops of three protocols.
    assertThat(greys.decoded - before).isEqualTo(before + 3 * COUNT);
    assertThat(all.protocols().values())
        .extracting(parts -> parts.get("tables"))
        .contains("LlamaGen, Table 4; FQGAN, Table 1", "VQGAN-LC, Tables 1 and 2");
  }

  @Test
  void extractors_areIdleOnceAllImagesWereLookedAt() throws IOException {
    MeasuredProtocols all = all();
    measured(true, all);
    assertThat(all.inceptions().values())
        .map(MeanColours.class::cast)
        .contains(tf1)
        .allMatch(net -> net.images() > 0)
        .allMatch(MeanColours::isIdle);
  }

  @Test
  void metrics_ofPapers_haveProtocolsOfTheirOwn() throws IOException {
    Map<String, Metric> ours = measured(true, MeasuredProtocols.NONE).metrics();
    Measurement all = measured(true, all());
    Map<String, Metric> theirs = new HashMap<>(all.metrics());
    theirs.keySet().removeAll(ours.keySet());
    assertThat(theirs.values().stream().map(Metric::protocol))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(ours.values().stream().map(Metric::protocol).toList())
        .allSatisfy(fingerprint -> assertThat(all.protocols()).containsKey(fingerprint));
  }

  @Test
  void imagesThatAreNotHandedOut_areMeasuredByOurProtocolAlone() throws IOException {
    Measurement ours = measured(false, MeasuredProtocols.NONE);
    Measurement all = measured(false, all());
    assertThat(all.metrics()).isEqualTo(ours.metrics());
    assertThat(all.notes())
        .contains(
            "metrics of papers were not measured: each paper crops images to squares in its own"
                + " way, and pictures does not hand them out uncropped");
  }
}
