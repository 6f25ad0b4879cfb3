package dev.vernier.engine.program.operations;

import dev.vernier.engine.program.Operation;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Group normalization (Wu and He 2018) with an affine map per channel. Inputs: x {@code [N, H, W,
 * C]}, weight {@code [C]}, bias {@code [C]}.
 *
 * @param batch N
 * @param height H
 * @param width W
 * @param channels C, a multiple of the groups
 * @param groups channels are normalized in this many groups
 * @param epsilon added to the variance
 * @param swish whether swish follows
 */
public record GroupNormalize(
    int batch, int height, int width, int channels, int groups, double epsilon, boolean swish)
    implements Operation {
  /** Checks that the channels divide into groups. */
  public GroupNormalize {
    if (channels % groups != 0) {
      throw new IllegalArgumentException(
          channels + " channels do not divide into " + groups + " groups");
    }
  }

  @Override
  public String name() {
    return swish ? "group_norm_swish" : "group_norm";
  }

  @Override
  public long[] outputShape(List<long[]> inputs) {
    return inputs.get(0);
  }

  @Override
  public SDVariable compose(SDVariable... inputs) {
    SDVariable grouped = inputs[0].reshape(batch, (long) height * width, groups, channels / groups);
    SDVariable centered = grouped.sub(grouped.mean(true, 1, 3));
    SDVariable deviation =
        grouped.getSameDiff().math().sqrt(centered.mul(centered).mean(true, 1, 3).add(epsilon));
    SDVariable normal = centered.div(deviation).reshape(batch, height, width, channels);
    SDVariable y =
        normal.mul(inputs[1].reshape(1, 1, 1, channels)).add(inputs[2].reshape(1, 1, 1, channels));
    return swish ? y.mul(y.getSameDiff().nn().sigmoid(y)) : y;
  }
}
