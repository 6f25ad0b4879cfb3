package dev.vernier.tests.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.onnx.OnnxTokenizer;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Tokenizers of two ONNX models, in every layout of the indices. */
class OnnxTokenizerTest {
  private static final int COUNT = 5;
  private static final PatchCodes USUAL =
      new PatchCodes(OnnxGraph.INT64, PatchCodes.GRID, PatchCodes.GRID);

  @TempDir Path folder;

  private static Stream<PatchCodes> layouts() {
    long side = PatchCodes.GRID;
    return Stream.of(
        USUAL,
        new PatchCodes(OnnxGraph.INT32, side, side),
        new PatchCodes(OnnxGraph.INT64, 1, side, side),
        new PatchCodes(OnnxGraph.INT32, 1, side * side),
        new PatchCodes(OnnxGraph.INT64, side * side));
  }

  private OnnxTokenizer open(PatchCodes codes, long batch, Map<String, String> settings)
      throws Exception {
    return new OnnxTokenizer(
        codes.encoder(folder.resolve("encoder.onnx"), batch),
        codes.decoder(folder.resolve("decoder.onnx"), batch),
        Settings.of(OnnxTokenizer.settings(), settings),
        Optional.empty());
  }

  private static INDArray images() {
    Random random = new Random(7);
    float[] values = new float[COUNT * 3 * PatchCodes.SIDE * PatchCodes.SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return Nd4j.createFromArray(values).reshape(COUNT, 3, PatchCodes.SIDE, PatchCodes.SIDE);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyLayout_andAnyBatch_isTheSameTokenizer(PatchCodes codes) throws Exception {
    Map<String, String> settings = Map.of("codebooks", "16", "range", "0..1");
    Tokens expected;
    try (INDArray images = images();
        OnnxTokenizer usual = open(USUAL, OnnxGraph.ANY, settings)) {
      expected = usual.encode(images);
    }
    assertThat(Arrays.stream(expected.toArray()).distinct().count()).isGreaterThan(3);
    for (long batch : new long[] {OnnxGraph.ANY, 2}) {
      try (INDArray images = images();
          OnnxTokenizer tokenizer = open(codes, batch, settings)) {
        assertThat(tokenizer.spec().downsampling()).isEqualTo(PatchCodes.PATCH);
        assertThat(tokenizer.spec().imageSize()).isEqualTo(ImageSize.square(PatchCodes.SIDE));
        Tokens tokens = tokenizer.encode(images);
        assertThat(tokens).isEqualTo(expected);
        try (INDArray decoded = tokenizer.decode(tokens)) {
          assertPictures(decoded, tokens);
        }
      }
    }
  }

  @Test
  void onlyOpenBatches_areShared() throws Exception {
    Map<String, String> settings = Map.of("codebooks", "16");
    Tokens shared;
    try (INDArray images = images();
        OnnxTokenizer any = open(USUAL, OnnxGraph.ANY, settings)) {
      assertThat(any.caveats()).isEmpty();
      shared = any.encode(images);
    }
    try (OnnxTokenizer two = open(USUAL, 2, settings)) {
      assertThat(two.caveats())
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).contains("coder.onnx 2 at a time"));
    }
    Path traced = USUAL.tracedEncoder(folder.resolve("traced.onnx"));
    Path decoder = USUAL.decoder(folder.resolve("decoder.onnx"), OnnxGraph.ANY);
    try (INDArray images = images();
        OnnxTokenizer one =
            new OnnxTokenizer(
                traced,
                decoder,
                Settings.of(OnnxTokenizer.settings(), settings),
                Optional.empty())) {
      assertThat(one.caveats()).singleElement().asString().contains("traced.onnx one at a time");
      assertThat(one.encode(images)).isEqualTo(shared);
    }
  }

  /** Each patch is the picture of its code, which lies in [0, 1] where images lie in [-1, 1]. */
  private static void assertPictures(INDArray decoded, Tokens tokens) {
    assertThat(decoded.shape()).containsExactly(COUNT, 3, PatchCodes.SIDE, PatchCodes.SIDE);
    float[] table = PatchCodes.table();
    int patch = PatchCodes.PATCH;
    for (int n = 0; n < COUNT; n++) {
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < PatchCodes.SIDE; y++) {
          for (int x = 0; x < PatchCodes.SIDE; x++) {
            int code = tokens.index(n, 0, y / patch, x / patch);
            float unit = table[((code * 3 + c) * patch + y % patch) * patch + x % patch];
            assertThat(decoded.getFloat(n, c, y, x)).isEqualTo(2 * unit - 1);
          }
        }
      }
    }
  }

  @Test
  void colours_areWhatTheModelsTake() throws Exception {
    try (INDArray images = images();
        INDArray brighter = images.add(1).muli(127.5);
        INDArray signed = brighter.div(127.5).subi(1);
        OnnxTokenizer bytes =
            open(
                USUAL,
                OnnxGraph.ANY,
                Map.of("codebooks", "16", "range", "0..255", "decoded-range", "0..1"));
        OnnxTokenizer plain = open(USUAL, OnnxGraph.ANY, Map.of("codebooks", "16"))) {
      // The filter that is excited most is the same for a multiple, and another for a shifted
      // image.
      Tokens tokens = bytes.encode(signed);
      assertThat(tokens).isNotEqualTo(plain.encode(images));
      try (INDArray decoded = bytes.decode(tokens);
          INDArray same = plain.decode(tokens)) {
        assertThat(decoded.getFloat(0, 0, 0, 0)).isEqualTo(2 * same.getFloat(0, 0, 0, 0) - 1);
      }
    }
  }

  /** What is said of a pair once images have gone through it. */
  private List<String> said(Map<String, String> colours) throws Exception {
    Map<String, String> settings = new HashMap<>(colours);
    settings.put("codebooks", "16");
    try (INDArray images = images();
        OnnxTokenizer tokenizer = open(USUAL, OnnxGraph.ANY, settings)) {
      tokenizer.decode(tokenizer.encode(images)).close();
      return tokenizer.caveats();
    }
  }

  @Test
  void decoderThatGivesAnotherRange_isSaidTo() throws Exception {
    String gave = folder.resolve("decoder.onnx") + " gave values from 0.00 to 1.00, which fit the";
    assertThat(said(Map.of()))
        .containsExactly(
            gave
                + " range 0..1 and not -1..1: give range: 0..1, or decoded-range: 0..1 where the"
                + " encoder does take -1..1");
    assertThat(said(Map.of("range", "imagenet")))
        .containsExactly(
            gave
                + " range 0..1 and not imagenet: give range: 0..1, or decoded-range: 0..1 where the"
                + " encoder does take imagenet");
    assertThat(said(Map.of("range", "0..1", "decoded-range", "0..255")))
        .containsExactly(gave + " range 0..1 and not 0..255: give decoded-range: 0..1");
    assertThat(said(Map.of("range", "0..1"))).isEmpty();
    assertThat(said(Map.of("range", "0..255", "decoded-range", "0..1"))).isEmpty();
  }

  private void assertRefused(String message, PatchCodes codes, Map<String, String> settings) {
    assertThatThrownBy(
            () -> {
              try (OnnxTokenizer tokenizer = open(codes, OnnxGraph.ANY, settings);
                  INDArray images = images()) {
                tokenizer.encode(images);
              }
            })
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void indicesThatDoNotFit_areRefused() {
    assertRefused("has the index", USUAL, Map.of("codebooks", "3"));
    assertRefused(
        "which are not those of 2 sub-codebooks: give [N, 2, h, w] or [N, 2, h*w]",
        USUAL,
        Map.of("codebooks", "16,16"));
    assertRefused(
        "whose sides do not divide into",
        new PatchCodes(OnnxGraph.INT64, 2, PatchCodes.GRID * PatchCodes.GRID / 2),
        Map.of("codebooks", "16"));
  }

  @Test
  void indicesBeyondAnyCodebook_areRefused_andNotCutOff() throws Exception {
    Path encoder = USUAL.boundlessEncoder(folder.resolve("encoder.onnx"));
    Path decoder = USUAL.decoder(folder.resolve("decoder.onnx"), OnnxGraph.ANY);
    Settings settings = Settings.of(OnnxTokenizer.settings(), Map.of("codebooks", "16"));
    try (OnnxTokenizer tokenizer = new OnnxTokenizer(encoder, decoder, settings, Optional.empty());
        INDArray images = images()) {
      assertThatThrownBy(() -> tokenizer.encode(images))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith(encoder + " has the index 4294967")
          .hasMessageEndingWith(", beyond 2^31: check what it gives");
    }
  }

  @Test
  void modelsThatAreNoPair_areRefused() throws Exception {
    Path encoder = USUAL.encoder(folder.resolve("encoder.onnx"), OnnxGraph.ANY);
    Path decoder = USUAL.decoder(folder.resolve("decoder.onnx"), OnnxGraph.ANY);
    Settings settings = Settings.of(OnnxTokenizer.settings(), Map.of("codebooks", "16"));
    assertThatThrownBy(() -> new OnnxTokenizer(decoder, encoder, settings, Optional.empty()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            decoder
                + " takes indices int64 [-1, 8, 8], but an encoder has one input,"
                + " float [N, 3, H, W]: export it so");
    assertThatThrownBy(() -> new OnnxTokenizer(encoder, encoder, settings, Optional.empty()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            encoder
                + " takes images float [-1, 3, 32, 32], but a decoder has one input,"
                + " int32 or int64 indices: export it so");
  }
}
