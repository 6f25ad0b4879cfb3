package dev.vernier.generators.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.spi.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;

/** A position at a time, with caches, the transformer says what it says over the whole grid. */
@Tag("numerics")
class DecoderTest {
  private static final int BATCH = 3;
  private static final double TOLERANCE = 1e-4;

  static Stream<Arguments> models() {
    List<Arguments> models = new ArrayList<>();
    for (Head head : Few.heads()) {
      for (int subTokens = 1; subTokens <= 3; subTokens++) {
        for (boolean zeroClassRow : new boolean[] {false, true}) {
          models.add(Arguments.of(head, Few.shape(subTokens, zeroClassRow)));
        }
      }
    }
    return models.stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void equalsTeacherForcing(Head head, FarShape shape) {
    Tokens tokens = Few.tokens(shape, BATCH, 4);
    int[] labels = {0, shape.nullClass(), 1};
    try (Parameters parameters = Few.parameters(new FarModel("far", shape, head), 5)) {
      List<float[]> expected = forced(head, shape, tokens, labels, parameters);
      try (Decoder decoder = new Decoder(shape, head, BATCH, parameters)) {
        decoder.begin(labels);
        for (int t = 0; t < shape.positions(); t++) {
          int position = t;
          if (t > 0) {
            decoder.advance(t, at(shape, tokens, t - 1));
          }
          decoder.subTokens(
              (j, logits) -> {
                int size = shape.codebooks().get(j).size();
                for (int b = 0; b < BATCH; b++) {
                  for (int c = 0; c < size; c++) {
                    float whole = expected.get(j)[(b * shape.positions() + position) * size + c];
                    assertThat((double) logits[b * size + c]).isCloseTo(whole, within(TOLERANCE));
                  }
                }
                return at(shape, tokens, position)[j];
              });
        }
      }
    }
  }

  private static List<float[]> forced(
      Head head, FarShape shape, Tokens tokens, int[] labels, Parameters parameters) {
    TeacherForcing net = new TeacherForcing(shape, head, BATCH, 0);
    SDVariable[] logits = net.logits().toArray(SDVariable[]::new);
    try (Execution execution =
        Executors.chosen().compile(Program.forward(net.graph(), logits), parameters)) {
      net.feed(execution, tokens, labels);
      execution.run();
      return net.logits().stream().map(execution::floats).toList();
    }
  }

  private static int[][] at(FarShape shape, Tokens tokens, int position) {
    int[][] own = new int[shape.subTokens()][BATCH];
    for (int j = 0; j < own.length; j++) {
      for (int b = 0; b < BATCH; b++) {
        own[j][b] = tokens.index(b, j, position / shape.columns(), position % shape.columns());
      }
    }
    return own;
  }

  /**
   * The trunk's 2 blocks keep keys and values of 3 sequences, 6 positions and 16 channels, 4 bytes
   * each: 2 x 2 x 3 x 6 x 16 x 4 = 4,608. The 2 blocks of a factorized head keep k sub-tokens in
   * place of positions: 2 x 2 x 3 x k x 16 x 4 = 768 k. Classifiers keep nothing.
   */
  static Stream<Arguments> caches() {
    return Stream.of(
        Arguments.of(new FactorizedHead(), 1, 4608L + 768),
        Arguments.of(new FactorizedHead(), 2, 4608L + 1536),
        Arguments.of(new FactorizedHead(), 3, 4608L + 2304),
        Arguments.of(new Classifiers(false), 3, 4608L),
        Arguments.of(new Classifiers(true), 3, 4608L));
  }

  @ParameterizedTest
  @MethodSource("caches")
  void caches_holdEveryPositionAndSubTokenOnce(Head head, int subTokens, long bytes) {
    FarShape shape = Few.shape(subTokens, false);
    try (Parameters parameters = Few.parameters(new FarModel("far", shape, head), 5);
        Decoder decoder = new Decoder(shape, head, BATCH, parameters)) {
      assertThat(decoder.cacheBytes()).isEqualTo(bytes);
    }
  }
}
