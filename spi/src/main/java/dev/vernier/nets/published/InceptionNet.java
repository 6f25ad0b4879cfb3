package dev.vernier.nets.published;

import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Window;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The Inception-v3 (Szegedy et al. 2016) of the Frechet Inception distance: the network that
 * TensorFlow published on 2015-12-05, with 1008 classes, under the parameter names of its PyTorch
 * port. It differs from the well-known one in torchvision: the average poolings of the blocks leave
 * the padding out, and the last block has a maximum pooling instead.
 */
final class InceptionNet {
  /** Height and width of the images it sees. */
  static final int SIDE = 299;

  /** An array that tells the net in a file. */
  static final String LANDMARK = "Conv2d_1a_3x3.conv.weight";

  /** Channels of the last map, and so the dimension of the pooled feature. */
  static final int DIMENSION = 2048;

  static final int CLASSES = 1008;

  private static final double NORMALIZATION_EPSILON = 1e-3;
  private static final Window HALVING = Window.square(3, 2, 0);
  private static final Window AROUND = Window.square(3, 1, 1);

  private final PublishedWeights weights;

  InceptionNet(PublishedWeights weights) {
    this.weights = weights;
  }

  /**
   * The net in a graph.
   *
   * @param spatial {@code [batch, 2048, 8, 8]}
   * @param pooled {@code [batch, 2048]}
   * @param logits {@code [batch, 1008]}, without the bias
   * @param layout {@code [batch, 768, 17, 17]}, which begins with the channels of the layer that
   *     TensorFlow's net calls {@code mixed_6/conv}
   */
  record Outputs(SDVariable spatial, SDVariable pooled, SDVariable logits, SDVariable layout) {}

  /**
   * Defines the net.
   *
   * @param images 299 x 299 with three channels, 0 to 255 mapped to about [-1, 1]
   */
  Outputs define(FeatureMap images) {
    FeatureMap h = basic("Conv2d_1a_3x3", images, 32, HALVING);
    h = basic("Conv2d_2a_3x3", h, 32, Window.square(3, 1, 0));
    h = Layers.maxPool(basic("Conv2d_2b_3x3", h, 64, AROUND), HALVING);
    h = basic("Conv2d_3b_1x1", h, 80, Window.keeping(1, 1));
    h = Layers.maxPool(basic("Conv2d_4a_3x3", h, 192, Window.square(3, 1, 0)), HALVING);
    h = blockA("Mixed_5b", h, 32);
    h = blockA("Mixed_5c", h, 64);
    h = blockA("Mixed_5d", h, 64);
    h = blockB("Mixed_6a", h);
    h = blockC("Mixed_6b", h, 128);
    h = blockC("Mixed_6c", h, 160);
    h = blockC("Mixed_6d", h, 160);
    SDVariable layout = h.channelsFirst();
    h = blockC("Mixed_6e", h, 192);
    h = blockD("Mixed_7a", h);
    h = blockE("Mixed_7b", h, Layers.meanPool(h, AROUND));
    h = blockE("Mixed_7c", h, Layers.maxPool(h, AROUND));
    SDVariable pooled = h.value().mean(1, 2);
    SDVariable classes = weights.constant(h.graph(), "fc.weight", CLASSES, DIMENSION);
    // Part of the file, but the Inception score is defined without it.
    weights.take("fc.bias", CLASSES);
    SDVariable logits = h.graph().sameDiff().mmul(pooled, classes, false, true, false);
    return new Outputs(h.channelsFirst(), pooled, logits, layout);
  }

  /** A convolution without bias, batch normalization folded into it, and rectification. */
  FeatureMap basic(String name, FeatureMap x, int out, Window window) {
    int each = x.channels() * window.height() * window.width();
    long[] shape = {out, x.channels(), window.height(), window.width()};
    float[] weight = weights.take(name + ".conv.weight", shape);
    float[] scale = weights.take(name + ".bn.weight", out);
    float[] shift = weights.take(name + ".bn.bias", out);
    float[] mean = weights.take(name + ".bn.running_mean", out);
    float[] variance = weights.take(name + ".bn.running_var", out);
    for (int o = 0; o < out; o++) {
      double factor = scale[o] / Math.sqrt(variance[o] + NORMALIZATION_EPSILON);
      for (int i = o * each; i < (o + 1) * each; i++) {
        weight[i] = (float) (weight[i] * factor);
      }
      shift[o] = (float) (shift[o] - mean[o] * factor);
    }
    return Layers.relu(
        Convolution.with(
            x,
            x.graph().frozen(name + ".weight", weight, shape),
            x.graph().frozen(name + ".bias", shift, out),
            out,
            window));
  }

  private FeatureMap pointwise(String name, FeatureMap x, int out) {
    return basic(name, x, out, Window.keeping(1, 1));
  }

  private FeatureMap blockA(String name, FeatureMap x, int poolChannels) {
    FeatureMap five = pointwise(name + ".branch5x5_1", x, 48);
    FeatureMap three = pointwise(name + ".branch3x3dbl_1", x, 64);
    three = basic(name + ".branch3x3dbl_2", three, 96, AROUND);
    return Layers.concat(
        pointwise(name + ".branch1x1", x, 64),
        basic(name + ".branch5x5_2", five, 64, Window.keeping(5, 5)),
        basic(name + ".branch3x3dbl_3", three, 96, AROUND),
        pointwise(name + ".branch_pool", Layers.meanPool(x, AROUND), poolChannels));
  }

  private FeatureMap blockB(String name, FeatureMap x) {
    FeatureMap three = pointwise(name + ".branch3x3dbl_1", x, 64);
    three = basic(name + ".branch3x3dbl_2", three, 96, AROUND);
    return Layers.concat(
        basic(name + ".branch3x3", x, 384, HALVING),
        basic(name + ".branch3x3dbl_3", three, 96, HALVING),
        Layers.maxPool(x, HALVING));
  }

  private FeatureMap blockC(String name, FeatureMap x, int channels) {
    Window row = Window.keeping(1, 7);
    Window column = Window.keeping(7, 1);
    FeatureMap seven = pointwise(name + ".branch7x7_1", x, channels);
    seven = basic(name + ".branch7x7_2", seven, channels, row);
    FeatureMap twice = pointwise(name + ".branch7x7dbl_1", x, channels);
    twice = basic(name + ".branch7x7dbl_2", twice, channels, column);
    twice = basic(name + ".branch7x7dbl_3", twice, channels, row);
    twice = basic(name + ".branch7x7dbl_4", twice, channels, column);
    return Layers.concat(
        pointwise(name + ".branch1x1", x, 192),
        basic(name + ".branch7x7_3", seven, 192, column),
        basic(name + ".branch7x7dbl_5", twice, 192, row),
        pointwise(name + ".branch_pool", Layers.meanPool(x, AROUND), 192));
  }

  private FeatureMap blockD(String name, FeatureMap x) {
    FeatureMap three = pointwise(name + ".branch3x3_1", x, 192);
    FeatureMap seven = pointwise(name + ".branch7x7x3_1", x, 192);
    seven = basic(name + ".branch7x7x3_2", seven, 192, Window.keeping(1, 7));
    seven = basic(name + ".branch7x7x3_3", seven, 192, Window.keeping(7, 1));
    return Layers.concat(
        basic(name + ".branch3x3_2", three, 320, HALVING),
        basic(name + ".branch7x7x3_4", seven, 192, HALVING),
        Layers.maxPool(x, HALVING));
  }

  private FeatureMap blockE(String name, FeatureMap x, FeatureMap pooled) {
    Window row = Window.keeping(1, 3);
    Window column = Window.keeping(3, 1);
    FeatureMap three = pointwise(name + ".branch3x3_1", x, 384);
    FeatureMap twice = pointwise(name + ".branch3x3dbl_1", x, 448);
    twice = basic(name + ".branch3x3dbl_2", twice, 384, AROUND);
    return Layers.concat(
        pointwise(name + ".branch1x1", x, 320),
        basic(name + ".branch3x3_2a", three, 384, row),
        basic(name + ".branch3x3_2b", three, 384, column),
        basic(name + ".branch3x3dbl_3a", twice, 384, row),
        basic(name + ".branch3x3dbl_3b", twice, 384, column),
        pointwise(name + ".branch_pool", pooled, 192));
  }
}
