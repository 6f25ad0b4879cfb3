package dev.vernier.tests.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.weights.Asker;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerLoader;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.UsageException;
import dev.vernier.tests.endtoend.Outcome;
import dev.vernier.tests.endtoend.Program;
import dev.vernier.tests.endtoend.SmallData;
import dev.vernier.tests.onnx.PatchNet;
import dev.vernier.tokenizers.fq.FqganDualProvider;
import dev.vernier.tokenizers.fq.FqganTripleProvider;
import dev.vernier.tokenizers.lfq.LfqProvider;
import dev.vernier.tokenizers.vq.IbqLoader;
import dev.vernier.tokenizers.vq.VqLcProvider;
import dev.vernier.tokenizers.vq.VqganProvider;
import dev.vernier.weights.Safetensors;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Files with the names and the nesting of published checkpoints load, at a reduced width. */
class PublishedCheckpointTest {
  private static final List<Integer> F16 = List.of(1, 1, 2, 2, 4);
  private static final List<Integer> F8 = List.of(1, 2, 2, 4);

  @TempDir private Path folder;

  private static PublishedArrays arrays(List<Integer> multipliers) {
    return new PublishedArrays(32, multipliers, 16);
  }

  private static PublishedArrays dual(List<Integer> multipliers) {
    Map<String, String> suffixes = new LinkedHashMap<>();
    suffixes.put("semantic_head", "sem");
    suffixes.put("visual_head", "vis");
    return arrays(multipliers)
        .llamaGenFrame(false)
        .branches(suffixes, 64, 8, 2)
        .predictionHead("feat_pred_head", 8, 32);
  }

  private static PublishedArrays triple(List<Integer> multipliers) {
    Map<String, String> suffixes = new LinkedHashMap<>();
    suffixes.put("semantic_head_mid", "sem_mid");
    suffixes.put("semantic_head_high", "sem_high");
    suffixes.put("visual_head", "vis");
    return arrays(multipliers)
        .llamaGenFrame(false)
        .branches(suffixes, 64, 8, 2)
        .predictionHead("mid_sem_feat_pred", 8, 16)
        .predictionHead("high_sem_feat_pred", 8, 32);
  }

  private static PublishedArrays llamaGen(List<Integer> multipliers) {
    return arrays(multipliers).llamaGenFrame(true).quantizer(64, 8).codebookUsed("quantize");
  }

  private Path write(PublishedArrays arrays, String prefix) throws IOException {
    return arrays.write(folder.resolve("file.safetensors"), prefix);
  }

  private static void assertLoads(
      TokenizerLoader provider, Path file, int factor, List<Integer> sizes) throws IOException {
    Settings settings = Settings.of(provider.settings(), provider.published(file));
    try (Tokenizer tokenizer = provider.load(settings, file);
        INDArray images = Nd4j.rand(1, 3, 256, 256).muli(2).subi(1)) {
      assertThat(tokenizer.spec().downsampling()).isEqualTo(factor);
      assertThat(tokenizer.spec().subCodebooks().stream().map(each -> each.size()))
          .containsExactlyElementsOf(sizes);
      Tokens tokens = tokenizer.encode(images);
      try (INDArray decoded = tokenizer.decode(tokens)) {
        assertThat(decoded.shape()).containsExactly(1, 3, 256, 256);
        assertThat(decoded.amaxNumber().doubleValue()).isFinite().isPositive();
      }
    }
  }

  /** A model's sizes are read off the shapes of a few arrays. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "encoder.conv_in.weight",
        "encoder.conv_blocks.0.res.0.conv2.weight",
        "quant_conv.weight",
        "post_quant_conv.weight",
        "quantize.embedding.weight"
      })
  void arraysOfAnotherShape_areRefusedInALine(String name) throws IOException {
    TokenizerLoader provider = new VqganProvider();
    for (long[] shape : List.of(new long[0], new long[] {32}, new long[] {0, 3, 3, 3})) {
      Path file = write(llamaGen(F16).with(name, shape), "");
      assertThatThrownBy(
              () -> provider.load(Settings.of(provider.settings(), provider.published(file)), file))
          .as(Arrays.toString(shape))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining(name)
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void fileThatHoldsNoWeights_isNobodys() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "no weights here");
    for (TokenizerProvider each : ServiceLoader.load(TokenizerProvider.class)) {
      assertThat(each.published(text)).as(each.name()).isEmpty();
    }
  }

  @Test
  void fqganDual_loads() throws IOException {
    assertLoads(new FqganDualProvider(), write(dual(F16), "model."), 16, List.of(64, 64));
  }

  @Test
  void fqganDual_ofFactorEight_loads() throws IOException {
    assertLoads(new FqganDualProvider(), write(dual(F8), "model."), 8, List.of(64, 64));
  }

  @Test
  void fqganTriple_loads() throws IOException {
    assertLoads(new FqganTripleProvider(), write(triple(F16), "model."), 16, List.of(64, 64, 64));
  }

  @Test
  void llamaGen_loads() throws IOException {
    assertLoads(new VqganProvider(), write(llamaGen(F16), "model."), 16, List.of(64));
    assertLoads(new VqganProvider(), write(llamaGen(F8), "ema."), 8, List.of(64));
  }

  @Test
  void llamaGen_isAMethodOfAnExperiment() throws IOException {
    Path file = write(llamaGen(F8), "ema.");
    Path yaml =
        Files.writeString(
            folder.resolve("mine.yaml"),
            "name: mine\nmethods: [{method: Published, weights: %s}]\n"
                .formatted(file.getFileName()));
    Plugins plugins = Plugins.discover(folder.resolve("none"));
    CellPlan cell =
        new RunPlan(Experiment.load(yaml.toString()), "quick", Map.of(), plugins)
            .cells(Map.of())
            .get(0);
    assertThat(cell.tokenizer()).isEqualTo("vqgan");
    assertThat(cell.settings()).containsEntry("channels", "32").containsEntry("l2-norm", "true");
    assertThat(cell.given().hash()).isEqualTo(Sha256.ofFile(file));
    try (Tokenizer tokenizer = cell.saved().load(cell.givenPath(), plugins)) {
      assertThat(tokenizer.spec().imageSize()).isEqualTo(ImageSize.square(256));
      assertThat(tokenizer.spec().downsampling()).isEqualTo(8);
    }
  }

  @Test
  void taming_loads() throws IOException {
    PublishedArrays arrays =
        arrays(F16).tamingFrame().quantizer(64, 16).with("loss.discriminator.main.0.weight", 4);
    assertLoads(new VqganProvider(), write(arrays, "state_dict."), 16, List.of(64));
  }

  @Test
  void taming_ofFactorEight_isNotNormalized() throws IOException {
    PublishedArrays arrays = new PublishedArrays(32, F8, 4).tamingFrame().quantizer(64, 4);
    assertThat(new VqganProvider().published(write(arrays, "state_dict.")))
        .containsEntry("code-dimension", "4")
        .containsEntry("l2-norm", "false");
  }

  private static PublishedArrays ibq() {
    return arrays(F16).tamingFrame().quantizer(64, 16).averages();
  }

  private static PublishedArrays ibqWithoutAverages() {
    return new PublishedArrays(32, F16, 16, 4).tamingFrame().quantizer(64, 16);
  }

  @Test
  void ibq_loads() throws IOException {
    PublishedArrays arrays = ibq().with("loss.discriminator.main.0.weight", 4);
    Path file = write(arrays, "state_dict.");
    assertThat(new VqganProvider().published(file)).isEmpty();
    assertThat(saved(file, null).tokenizer()).isEqualTo("ibq");
    assertLoads(new IbqLoader(), file, 16, List.of(64));
  }

  /** Of an entry and its opposite, both long, one has the largest product with any encoding. */
  @Test
  void ibq_takesTheEntryOfTheLargestProduct() throws IOException {
    Path file = write(ibqWithoutAverages(), "state_dict.");
    Map<String, Safetensors.Tensor> tensors = arrays(file);
    float[] codebook = tensors.get("state_dict.quantize.embedding.weight").values().get();
    for (int i = 0; i < 16; i++) {
      codebook[i] = 1e4f * (1 + i);
      codebook[16 + i] = -codebook[i];
    }
    Safetensors.write(file, tensors, Map.of());
    try (INDArray images = Nd4j.rand(1, 3, 256, 256).muli(2).subi(1);
        Tokenizer ibq = saved(file, "ibq").load(file, plugins());
        Tokenizer vqgan = saved(file, "vqgan").load(file, plugins())) {
      assertThat(Arrays.stream(ibq.encode(images).toArray()).boxed()).isSubsetOf(0, 1);
      assertThat(vqgan.encode(images).toArray()).doesNotContain(0, 1);
    }
  }

  @Test
  void fileThatMayBeTwoTokenizers_isRefused_untilOneIsNamed() throws IOException {
    Path file = write(ibqWithoutAverages(), "state_dict.");
    assertThatThrownBy(() -> saved(file, null))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("may be a checkpoint of ibq or vqgan: say which with --tokenizer");
    assertThat(saved(file, "vqgan").settings()).containsEntry("residual-blocks", "4");
    assertThat(saved(file, "ibq").settings()).containsEntry("residual-blocks", "4");
  }

  private Plugins plugins() throws IOException {
    return Plugins.discover(folder.resolve("none"));
  }

  private SavedTokenizer saved(Path file, String name) throws IOException {
    return SavedTokenizer.of(file, name, Asker.EVAL, plugins());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "module.",
        "_orig_mod.",
        "model.module.",
        "first_stage_model.",
        "vq_model.",
        "ema_module."
      })
  void wrappedFile_givesTheCodesOfThePlainOne(String prefix) throws IOException {
    Path plain = write(llamaGen(F8), "");
    Path wrapped = llamaGen(F8).write(folder.resolve("wrapped.safetensors"), prefix);
    try (INDArray images = Nd4j.rand(1, 3, 64, 64).muli(2).subi(1);
        Tokenizer one = at64(plain);
        Tokenizer two = at64(wrapped)) {
      Tokens tokens = one.encode(images);
      assertThat(two.encode(images)).isEqualTo(tokens);
      try (INDArray first = one.decode(tokens);
          INDArray second = two.decode(tokens)) {
        assertThat(second).isEqualTo(first);
      }
    }
  }

  private Tokenizer at64(Path file) throws IOException {
    return saved(file, null).load(file, plugins(), ImageSize.square(64));
  }

  @Test
  void convolutionalTokenizers_areForImagesOfAnySize() throws IOException {
    Path magvit =
        new PublishedArrays(32, F16, 18)
            .openMagvit()
            .write(folder.resolve("magvit.safetensors"), "");
    for (Path file : List.of(magvit, write(llamaGen(F16), "model."))) {
      for (int side : List.of(128, 384)) {
        ImageSize size = ImageSize.square(side);
        try (Tokenizer tokenizer = saved(file, null).load(file, plugins(), size)) {
          assertThat(tokenizer.spec().imageSize()).isEqualTo(size);
          assertThat(tokenizer.spec().gridHeight()).isEqualTo(side / 16);
        }
      }
      assertThatThrownBy(() -> saved(file, null).load(file, plugins(), ImageSize.square(100)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("multiples of 16");
    }
  }

  @Test
  void tokenizerOfLearnedPositions_isForItsOwnImagesOnly() throws IOException {
    Path file = write(dual(F16), "model.");
    try (Tokenizer tokenizer = saved(file, null).load(file, plugins(), ImageSize.square(128))) {
      assertThat(tokenizer.spec().imageSize()).isEqualTo(ImageSize.square(256));
    }
  }

  @Test
  void guesses_areSaid() throws IOException {
    Path file = write(llamaGen(F16), "model.");
    SavedTokenizer guessed = saved(file, null);
    assertThat(guessed.assumptions(file, plugins()))
        .singleElement()
        .asString()
        .startsWith("l2-norm=true is a guess")
        .endsWith("set l2-norm=false if these are otherwise");
    assertThat(guessed.with(Map.of("l2-norm", "false")).assumptions(file, plugins())).isEmpty();
    Path fqgan = write(dual(F8), "model.");
    assertThat(saved(fqgan, null).assumptions(fqgan, plugins())).hasSize(1);
  }

  @Test
  void evaluation_saysOnTheConsoleWhatItGuessed() throws Exception {
    Path file = write(llamaGen(F16), "model.");
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    List<String> command =
        new ArrayList<>(List.of("eval", "--weights", file.toString(), "--out", "./run"));
    command.addAll(
        List.of("--data", "folder:" + SmallData.pictures(folder.resolve("pictures"), 4, 2)));
    command.addAll(Program.set("features=onnx", "features.file=./scorer.onnx"));
    command.addAll(Program.set("data.image-size=32", "bootstrap=0"));
    Outcome outcome = new Program(folder).runHere(command);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("note: l2-norm=true is a guess");
  }

  @Test
  void fileOfAModelAndItsAverages_givesTheAverages_andSaysSo() throws IOException {
    Path file = write(llamaGen(F16), "model.");
    Map<String, Safetensors.Tensor> tensors = arrays(file);
    new LinkedHashMap<>(tensors)
        .forEach((name, each) -> tensors.put(name.replace("model.", "ema."), each));
    Safetensors.write(file, tensors, Map.of());
    assertThat(saved(file, null).assumptions(file, plugins()))
        .anyMatch(line -> line.contains("the moving averages below 'ema' were taken"));
  }

  @Test
  void misfit_namesAFewArrays() throws IOException {
    Path file = write(arrays(F16).tamingFrame().quantizer(64, 16), "state_dict.");
    TokenizerProvider provider = new LfqProvider();
    assertThatThrownBy(() -> provider.load(Settings.of(provider.settings(), Map.of()), file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("more")
        .extracting(each -> each.getMessage().length())
        .satisfies(length -> assertThat(length).isLessThan(1000));
  }

  private static PublishedArrays vqganLc(List<Integer> multipliers, boolean levelAttention) {
    return arrays(multipliers).tamingFrame(levelAttention).projectedCodebook(64, 16, 8);
  }

  @Test
  void vqganLc_loads() throws IOException {
    PublishedArrays arrays = vqganLc(F16, true).rivalAndLpips();
    assertLoads(new VqLcProvider(), write(arrays, "model."), 16, List.of(64));
    assertLoads(new VqLcProvider(), write(vqganLc(F16, true), "state_dict."), 16, List.of(64));
  }

  @Test
  void vqganLc_ofFactorEight_hasItsAttentionInTheMiddleAlone() throws IOException {
    Path file = write(vqganLc(F8, false), "model.");
    assertThat(new VqLcProvider().published(file))
        .containsEntry("level-attention", "false")
        .containsEntry("multipliers", "1,2,2,4")
        .containsEntry("codebook-size", "64")
        .containsEntry("code-dimension", "8");
    assertThat(new VqganProvider().published(file)).isEmpty();
    assertLoads(new VqLcProvider(), file, 8, List.of(64));
  }

  @Test
  void vqganLc_withANormalizedEncoding_isRefused() throws IOException {
    Path file = write(arrays(F8).tamingFrame(false).projectedCodebook(8, 16, 768), "model.");
    assertThatThrownBy(() -> new VqLcProvider().published(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("dimension 768");
  }

  @Test
  void vqganLc_withAnotherProjection_namesItsArrays() throws IOException {
    Path file =
        write(
            vqganLc(F16, true)
                .without("codebook_projection.weight")
                .with("codebook_projection.0.weight", 256, 16),
            "model.");
    TokenizerProvider provider = new VqLcProvider();
    Settings settings = Settings.of(provider.settings(), provider.published(file));
    assertThatThrownBy(() -> provider.load(settings, file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("missing [quantize.projection.weight]")
        .hasMessageContaining("left over [codebook_projection.0.weight]");
  }

  @Test
  void openMagvit_loads() throws IOException {
    PublishedArrays arrays =
        new PublishedArrays(32, F16, 18)
            .openMagvit()
            .averages()
            .with("loss.discriminator.block_in.weight", 4);
    assertLoads(new LfqProvider(), write(arrays, "state_dict."), 16, List.of(1 << 18));
  }

  @Test
  void load_withMovingAverages_takesThem() throws IOException {
    Path both =
        new PublishedArrays(32, F16, 18)
            .openMagvit()
            .averages()
            .write(folder.resolve("both.safetensors"), "state_dict.");
    Path averages =
        new PublishedArrays(32, F16, 18)
            .openMagvit()
            .averages()
            .write(folder.resolve("other.safetensors"), "state_dict.");
    zero(averages, "state_dict.encoder.conv_out.bias");
    TokenizerProvider provider = new LfqProvider();
    Settings settings = Settings.of(provider.settings(), provider.published(both));
    try (Tokenizer one = provider.load(settings, both);
        Tokenizer two = provider.load(settings, averages);
        INDArray images = Nd4j.rand(1, 3, 256, 256)) {
      assertThat(one.encode(images)).isEqualTo(two.encode(images));
    }
  }

  /** Overwrites an array of a file with zeros. */
  private static void zero(Path file, String name) throws IOException {
    Map<String, Safetensors.Tensor> tensors = arrays(file);
    Arrays.fill(tensors.get(name).values().get(), 0);
    Safetensors.write(file, tensors, Map.of());
  }

  private static Map<String, Safetensors.Tensor> arrays(Path file) throws IOException {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    try (WeightFile weights = WeightFile.open(file)) {
      for (String each : weights.names()) {
        tensors.put(each, new Safetensors.Tensor(weights.shape(each), weights.read(each)));
      }
    }
    return tensors;
  }

  @Test
  void published_tellsTheFamiliesApart() throws IOException {
    Path file = write(dual(F16), "model.");
    assertThat(new VqganProvider().published(file)).isEmpty();
    assertThat(new FqganTripleProvider().published(file)).isEmpty();
    assertThat(new LfqProvider().published(file)).isEmpty();
    assertThat(new VqLcProvider().published(file)).isEmpty();
    assertThat(new FqganDualProvider().published(file))
        .containsEntry("channels", "32")
        .containsEntry("multipliers", "1,1,2,2,4")
        .containsEntry("residual-blocks", "2")
        .containsEntry("z-channels", "16")
        .containsEntry("groups", "32")
        .containsEntry("codebook-size", "64")
        .containsEntry("code-dimension", "8")
        .containsEntry("l2-norm", "true")
        .containsEntry("adapter-layers", "2");
  }

  @Test
  void load_withAMissingAndAnExtraArray_namesThem() throws IOException {
    Path file =
        write(llamaGen(F16).without("decoder.conv_out.bias").with("decoder.stranger", 3), "model.");
    TokenizerProvider provider = new VqganProvider();
    Settings settings = Settings.of(provider.settings(), provider.published(file));
    assertThatThrownBy(() -> provider.load(settings, file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("missing [decoder.conv_out.bias]")
        .hasMessageContaining("left over [decoder.stranger]");
  }
}
