package dev.vernier.tokenizers.lfq;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.operations.LogSoftmax;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The entropy term of lookup-free quantization: the mean entropy of each position's distribution
 * over codes, p(c|z) = softmax(2 z.c / tau), minus the entropy of the mean distribution, in nats.
 *
 * <p>p factorizes over bits. The first entropy is therefore a sum of d binary ones. The mean
 * distribution does not factorize, but it is a product of matrices: with a group's bits cut in
 * halves, its table of 2^(g/2) x 2^(g/2) means is the transposed distributions of one half times
 * those of the other, so that positions x codes are never held. It is exact for codes up to the
 * group size; more bits are cut into groups of about equal size whose entropies are added, which
 * bounds the joint entropy from above.
 */
final class EntropyTerm {
  /** Inside the logarithm of the mean, as in the published code. */
  private static final double EPSILON = 1e-5;

  private final Graph graph;
  private final SameDiff sd;
  private final LfqSettings settings;

  EntropyTerm(Graph graph, LfqSettings settings) {
    this.graph = graph;
    this.sd = graph.sameDiff();
    this.settings = settings;
  }

  /**
   * The mean entropy of a position.
   *
   * @param z {@code [N, d]}
   */
  SDVariable ofSamples(SDVariable z) {
    SDVariable logit = sd.math().abs(z.mul(4 / settings.temperature())).neg();
    SDVariable binary = sd.nn().softplus(logit).sub(logit.mul(sd.nn().sigmoid(logit)));
    return binary.sum(1).mean();
  }

  /** The entropy of the mean distribution over {@code count} positions, added over groups. */
  SDVariable ofBatch(SDVariable z, int count) {
    SDVariable sum = null;
    for (Bits group : groups()) {
      SDVariable entropy = ofBatch(z, count, group);
      sum = sum == null ? entropy : sum.add(entropy);
    }
    return sum;
  }

  private List<Bits> groups() {
    int number = (settings.bits() + settings.groupBits() - 1) / settings.groupBits();
    List<Bits> groups = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      groups.add(new Bits(settings.bits() * i / number, settings.bits() * (i + 1) / number));
    }
    return groups;
  }

  private SDVariable ofBatch(SDVariable z, int count, Bits group) {
    int middle = (group.from() + group.to()) / 2;
    SDVariable high = probabilities(z, count, new Bits(middle, group.to()));
    SDVariable mean =
        middle == group.from()
            ? high.mean(0)
            : probabilities(z, count, new Bits(group.from(), middle))
                .permute(1, 0)
                .mmul(high)
                .mul(1.0 / count);
    return mean.mul(sd.math().log(mean.add(EPSILON))).sum().neg();
  }

  /** Each position's distribution over the values of some bits, {@code [N, 2^bits]}. */
  private SDVariable probabilities(SDVariable z, int count, Bits bits) {
    int width = bits.to() - bits.from();
    SDVariable part =
        sd.slice(z, new int[] {0, bits.from()}, count, width).mul(2 / settings.temperature());
    SDVariable codes =
        graph.frozen(
            "quantize.signs." + bits.from() + "." + bits.to(),
            Nd4j.createFromArray(transposed(SignBits.every(width), width))
                .reshape('c', width, 1 << width));
    return sd.math().exp(new LogSoftmax().compose(part.mmul(codes)));
  }

  private static float[] transposed(float[] rows, int width) {
    int count = rows.length / width;
    float[] columns = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      columns[i % width * count + i / width] = rows[i];
    }
    return columns;
  }

  /** Channels from, inclusive, to, exclusive. */
  private record Bits(int from, int to) {}
}
