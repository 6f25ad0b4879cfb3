package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vernier.engine.memory.Floats;
import dev.vernier.harness.evaluation.MeasureOptions;
import dev.vernier.harness.evaluation.Measurement;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.runs.RunChoice;
import dev.vernier.harness.runs.RunContext;
import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.tests.OwnCache;
import dev.vernier.tokenizers.vq.VqganProvider;
import dev.vernier.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Our own gate: a small VQGAN of 256 codes, trained for 1,500 steps, measured on 512 scenes. A
 * change that is meant to move its numbers writes its baseline anew, in the folder of its
 * resources:
 *
 * <pre>
 * ./vernier eval --weights tokenizer --set images=512 --out run
 * ./vernier gate run --baseline baseline.json --update
 * </pre>
 */
class OwnGateTest {
  private static final Path OWN = Path.of("src/test/resources/dev/vernier/tests/gate");
  private static final Path TOKENIZER = OWN.resolve("tokenizer");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static OwnCache cache;
  private static Run run;
  private static RunContext context;

  private static Outcome gate(Path judged) {
    return Outcome.of(
        "gate", judged.toString(), "--baseline", OWN.resolve("baseline.json").toString());
  }

  @BeforeAll
  static void measure() throws IOException {
    cache = OwnCache.in(folder.resolve("cache"));
    Path own = folder.resolve("run");
    Outcome outcome =
        Outcome.of(
            "eval",
            "--weights",
            TOKENIZER.toString(),
            "--set",
            "images=512",
            "--out",
            own.toString(),
            "--quiet");
    assertThat(outcome.code()).as(outcome.out()).isZero();
    run = ResultFiles.read(own);
    Plugins plugins = Plugins.discover(folder.resolve("plugins"));
    context =
        new RunContext(
            RunChoice.of(run.record().options(), plugins), plugins, Progress.NONE, dataset -> {});
  }

  @AfterAll
  static void close() {
    if (context != null) {
      context.close();
    }
    cache.close();
  }

  private static Tokenizer load(Path weights) throws IOException {
    VqganProvider provider = new VqganProvider();
    return provider.load(Settings.of(provider.settings(), run.cells().get(0).settings()), weights);
  }

  /** The weights with some arrays changed. */
  private static Tokenizer with(BiConsumer<String, float[]> change) throws IOException {
    Path changed = Files.createDirectories(folder.resolve("weights"));
    String name = "weights.safetensors";
    Map<String, Safetensors.Tensor> arrays = new LinkedHashMap<>();
    try (Safetensors file = Safetensors.open(TOKENIZER.resolve(name))) {
      for (String each : file.names()) {
        float[] values = file.read(each);
        change.accept(each, values);
        arrays.put(each, new Safetensors.Tensor(file.shape(each), values));
      }
      Safetensors.write(changed.resolve(name), arrays, file.metadata());
    }
    return load(changed);
  }

  /** A run as ours, of another tokenizer. */
  private static Path run(String name, Map<String, String> options, Tokenizer tokenizer)
      throws IOException {
    Path other = folder.resolve(name);
    Cell cell = run.cells().get(0);
    Measurement measured =
        context
            .evaluator(MeasureOptions.of(options))
            .measure(tokenizer, ResultFiles.cellFolder(other, cell.id()), Progress.NONE);
    ObjectNode result =
        (ObjectNode) JSON.readTree(ResultFiles.cellFile(run.folder(), cell.id()).toFile());
    result.set("metrics", JSON.valueToTree(measured.metrics()));
    result.set("codebooks", JSON.valueToTree(measured.codebooks()));
    JSON.writeValue(ResultFiles.cellFile(other, cell.id()).toFile(), result);
    ResultFiles.write(other, run.record());
    return other;
  }

  private static Path run(String name, Tokenizer tokenizer) throws IOException {
    return run(name, run.record().options(), tokenizer);
  }

  /** A tokenizer whose images are changed before and after. */
  private record Changed(Tokenizer inner, Consumer<float[]> before, Consumer<float[]> after)
      implements Tokenizer {
    @Override
    public TokenizerSpec spec() {
      return inner.spec();
    }

    @Override
    public Tokens encode(INDArray images) {
      try (INDArray changed = changed(images, before)) {
        return inner.encode(changed);
      }
    }

    @Override
    public INDArray decode(Tokens tokens) {
      try (INDArray images = inner.decode(tokens)) {
        return changed(images, after);
      }
    }

    private static INDArray changed(INDArray images, Consumer<float[]> change) {
      float[] values = Floats.all(images);
      change.accept(values);
      return Nd4j.createFromArray(values).reshape(images.shape());
    }

    @Override
    public void save(Path to) throws IOException {
      inner.save(to);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  @Tag("numerics")
  @Test
  void ourReconstructions_areNoWorseThanTheBaseline() {
    Outcome outcome = gate(run.folder());
    assertThat(outcome.code()).as(outcome.out()).isZero();
    assertThat(outcome.out()).contains("gate passed: 4 pass");
  }

  /** What another processor or number of threads does to the last bits, and more. */
  @Test
  void tenHonestRepetitions_pass() throws IOException {
    for (int repetition = 0; repetition < 10; repetition++) {
      Random random = new Random(repetition);
      Consumer<float[]> rounding =
          values -> {
            for (int i = 0; i < values.length; i++) {
              values[i] += (random.nextFloat() - 0.5f) * 1e-5f;
            }
          };
      try (Tokenizer honest = new Changed(load(TOKENIZER), rounding, rounding)) {
        Outcome outcome = gate(run("honest" + repetition, honest));
        assertThat(outcome.code()).as(outcome.out()).isZero();
      }
    }
  }

  private static void assertFails(Path degraded, List<String> metrics) {
    Outcome outcome = gate(degraded);
    assertThat(outcome.code()).as(outcome.out()).isEqualTo(1);
    for (String metric : metrics) {
      assertThat(outcome.out()).containsPattern("fail: " + metric + ".* of vqgan: ");
    }
  }

  @Test
  void lastLayerOfTheDecoderScaled_fails() throws IOException {
    BiConsumer<String, float[]> scale =
        (name, values) -> {
          if (name.startsWith("decoder.conv_out.")) {
            for (int i = 0; i < values.length; i++) {
              values[i] *= 0.97f;
            }
          }
        };
    try (Tokenizer scaled = with(scale)) {
      assertFails(run("scaled", scaled), List.of("PSNR", "rFID"));
    }
  }

  @Test
  void quarterOfTheCodesLost_fails() throws IOException {
    BiConsumer<String, float[]> lose =
        (name, values) -> {
          if (name.equals("quantize.embedding.weight")) {
            int quarter = values.length / 4;
            System.arraycopy(values, quarter, values, 0, quarter);
          }
        };
    try (Tokenizer fewer = with(lose)) {
      assertFails(run("fewer", fewer), List.of("PSNR", "SSIM", "Usage"));
    }
  }

  @Test
  void pairsShuffled_fail() throws IOException {
    Consumer<float[]> shuffle =
        values -> {
          int image = run.record().dataset().imageSize().area() * 3;
          float[] first = Arrays.copyOf(values, image);
          System.arraycopy(values, image, values, 0, values.length - image);
          System.arraycopy(first, 0, values, values.length - image, image);
        };
    try (Tokenizer shuffled = new Changed(load(TOKENIZER), values -> {}, shuffle)) {
      assertFails(run("shuffled", shuffled), List.of("PSNR", "SSIM"));
    }
  }

  @Test
  void fewerImages_areNotComparable() throws IOException {
    Map<String, String> options = new LinkedHashMap<>(run.record().options());
    options.put(RunOptions.IMAGES.name(), "64");
    try (Tokenizer same = load(TOKENIZER)) {
      Outcome outcome = gate(run("fewer-images", options, same));
      assertThat(outcome.code()).as(outcome.out()).isEqualTo(3);
      assertThat(outcome.out()).contains("gate could not measure: 4 not comparable");
    }
  }
}
