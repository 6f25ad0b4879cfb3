package dev.vernier.tokenizers.lfq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/** The entropies computed from factors against those of the whole distribution over codes. */
class EntropyTermTest {
  private static final int ROWS = 7;
  private static final double TEMPERATURE = 1.5;
  private static final double TOLERANCE = 1e-5;

  private static LfqSettings settings(int bits, int groupBits) {
    return Settings.of(
            Setting.of(LfqSettings.class),
            Map.of(
                "codebook-size", String.valueOf(1 << bits),
                "temperature", String.valueOf(TEMPERATURE),
                "entropy-group-bits", String.valueOf(groupBits)))
        .bind(LfqSettings.class);
  }

  private static float[] encodings(int bits) {
    Random random = new Random(bits);
    float[] z = new float[ROWS * bits];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextGaussian();
    }
    return z;
  }

  /** Sample and batch entropy over codes of the bits from, inclusive, to, exclusive. */
  private static double[] bruteForce(float[] z, int bits, int from, int to) {
    int codes = 1 << (to - from);
    double[] mean = new double[codes];
    double sample = 0;
    for (int row = 0; row < ROWS; row++) {
      double[] p = new double[codes];
      double sum = 0;
      for (int code = 0; code < codes; code++) {
        double logit = 0;
        for (int bit = from; bit < to; bit++) {
          int sign = (code >> (bit - from) & 1) == 1 ? 1 : -1;
          logit += 2 / TEMPERATURE * sign * z[row * bits + bit];
        }
        p[code] = Math.exp(logit);
        sum += p[code];
      }
      for (int code = 0; code < codes; code++) {
        p[code] /= sum;
        sample -= p[code] * Math.log(p[code]) / ROWS;
        mean[code] += p[code] / ROWS;
      }
    }
    double batch = 0;
    for (double p : mean) {
      batch -= p * Math.log(p + TOLERANCE);
    }
    return new double[] {sample, batch};
  }

  /** Both entropies as the term computes them, and the gradient of their difference. */
  @SuppressWarnings("ArrayRecordComponent") // never leaves the class
  private record Computed(double sample, double batch, float[] gradient, long bytes) {
    static Computed of(float[] z, int bits, int groupBits) {
      Graph graph = new Graph();
      SDVariable input = graph.input("z", ROWS, bits);
      EntropyTerm term = new EntropyTerm(graph, settings(bits, groupBits));
      SDVariable sample = term.ofSamples(input);
      SDVariable batch = term.ofBatch(input, ROWS);
      try (Parameters none = Parameters.initialize(graph, 0);
          Execution execution =
              Executors.chosen()
                  .compile(
                      Program.inputGradient(graph, sample.sub(batch), input, sample, batch),
                      none)) {
        execution.set(input, Nd4j.createFromArray(z).reshape(ROWS, bits));
        execution.run();
        return new Computed(
            execution.number(sample),
            execution.number(batch),
            execution.gradient(input),
            execution.workingBytes());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 18", "2, 18", "5, 18", "8, 18", "8, 8"})
  void codesWithinAGroup_haveTheEntropiesOfTheWholeDistribution(int bits, int groupBits) {
    float[] z = encodings(bits);
    double[] expected = bruteForce(z, bits, 0, bits);
    Computed computed = Computed.of(z, bits, groupBits);
    assertThat(computed.sample()).isCloseTo(expected[0], within(TOLERANCE));
    assertThat(computed.batch()).isCloseTo(expected[1], within(TOLERANCE));
  }

  @Test
  void moreBitsThanAGroup_addTheEntropiesOfGroups_whichBoundTheJointOne() {
    float[] z = encodings(7);
    double[] low = bruteForce(z, 7, 0, 2);
    double[] middle = bruteForce(z, 7, 2, 4);
    double[] high = bruteForce(z, 7, 4, 7);
    Computed computed = Computed.of(z, 7, 3);
    assertThat(computed.batch()).isCloseTo(low[1] + middle[1] + high[1], within(TOLERANCE));
    double[] joint = bruteForce(z, 7, 0, 7);
    assertThat(computed.batch()).isGreaterThan(joint[1]);
    assertThat(computed.sample()).isCloseTo(joint[0], within(TOLERANCE));
  }

  @ParameterizedTest
  @CsvSource({"5, 18", "7, 3"})
  void gradient_agreesWithFiniteDifferences(int bits, int groupBits) {
    float[] z = encodings(bits);
    Computed at = Computed.of(z, bits, groupBits);
    float step = 1e-2f;
    for (int i = 0; i < z.length; i += 3) {
      float[] moved = z.clone();
      moved[i] = z[i] + step;
      Computed above = Computed.of(moved, bits, groupBits);
      moved[i] = z[i] - step;
      Computed below = Computed.of(moved, bits, groupBits);
      double difference = above.sample() - above.batch() - below.sample() + below.batch();
      assertThat((double) at.gradient()[i])
          .as("d/dz[%s]", i)
          .isCloseTo(difference / (2 * step), within(2e-4));
    }
  }

  @Test
  void memory_growsWithTheNumberOfGroups_notWithTheNumberOfCodes() {
    long oneGroup = Computed.of(encodings(10), 10, 10).bytes();
    long threeGroups = Computed.of(encodings(30), 30, 10).bytes();
    assertThat(threeGroups).isLessThan(4 * oneGroup);
  }
}
