package dev.vernier.adversarial;

import dev.vernier.engine.nn.BatchNormalization;
import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Window;
import dev.vernier.spi.Declared;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * PatchGAN (Isola et al. 2017) as Taming Transformers and FQGAN have it: convolutions of size 4,
 * the inner ones followed by batch normalization, all but the last by leaky ReLU; one logit a
 * patch. Weights begin normal with deviation 0.02, biases as PyTorch's do. Parameters are named as
 * published, {@code main.0} to {@code main.(3 n + 2)}.
 *
 * @param channels of the first layer
 * @param layers inner layers n; all but the last of them halve the side
 */
public record PatchDiscriminator(
    @Declared(
            name = "discriminator-channels",
            byDefault = "32",
            paper = "64",
            from = 1,
            to = 1024,
            meaning = "width of its first layer; paper 64")
        int channels,
    @Declared(
            name = "discriminator-layers",
            byDefault = "2",
            paper = "3",
            from = 1,
            to = 6,
            meaning = "inner layers; paper 3")
        int layers) {
  private static final int SIZE = 4;
  private static final int WIDEST = 8;
  static final double SLOPE = 0.2;
  private static final Initializer SMALL = Initializer.normal(0.02);

  /**
   * Lays it into a graph as it is in training.
   *
   * @param images with three channels
   */
  public Trained training(FeatureMap images) {
    Map<String, SDVariable> statistics = new LinkedHashMap<>();
    SDVariable logits =
        lay(
            images,
            (name, x) -> {
              BatchNormalization.Trained normal = BatchNormalization.training(name, x);
              statistics.put(name + ".running_mean", normal.mean());
              statistics.put(name + ".running_var", normal.variance());
              return normal.map();
            });
    return new Trained(logits, statistics);
  }

  /** Lays it into a graph as it is in evaluation; running statistics become inputs of the graph. */
  public SDVariable evaluation(FeatureMap images) {
    return lay(
        images,
        (name, x) ->
            BatchNormalization.evaluation(
                name,
                x,
                x.graph().input(name + ".running_mean", x.channels()),
                x.graph().input(name + ".running_var", x.channels())));
  }

  private SDVariable lay(FeatureMap images, Normalization normalization) {
    FeatureMap h = leaky(convolution("main.0", images, channels, 2, true));
    int place = 2;
    for (int layer = 1; layer <= layers; layer++) {
      int width = channels * Math.min(1 << layer, WIDEST);
      h = convolution("main." + place, h, width, layer < layers ? 2 : 1, false);
      h = leaky(normalization.apply("main." + (place + 1), h));
      place += 3;
    }
    return convolution("main." + place, h, 1, 1, true).value();
  }

  /** Widths of the normalized layers by name. */
  Map<String, Integer> normalized() {
    Map<String, Integer> widths = new LinkedHashMap<>();
    for (int layer = 1; layer <= layers; layer++) {
      widths.put("main." + 3 * layer, channels * Math.min(1 << layer, WIDEST));
    }
    return widths;
  }

  private static FeatureMap convolution(
      String name, FeatureMap x, int out, int stride, boolean biased) {
    Graph graph = x.graph();
    SDVariable weight = graph.parameter(name + ".weight", SMALL, out, x.channels(), SIZE, SIZE);
    long fanIn = (long) x.channels() * SIZE * SIZE;
    SDVariable bias =
        biased
            ? graph.parameter(name + ".bias", Initializer.fanIn(fanIn), out)
            : Convolution.noBias(graph, name, out);
    return Convolution.with(x, weight, bias, out, Window.square(SIZE, stride, 1));
  }

  private static FeatureMap leaky(FeatureMap x) {
    return x.with(x.graph().sameDiff().nn().leakyRelu(x.value(), SLOPE));
  }

  /**
   * Logits of a batch in training.
   *
   * @param logits {@code [batch, height, width, 1]}
   * @param statistics of the batch by the names that running averages have
   */
  public record Trained(SDVariable logits, Map<String, SDVariable> statistics) {}

  @FunctionalInterface
  private interface Normalization {
    FeatureMap apply(String name, FeatureMap x);
  }
}
