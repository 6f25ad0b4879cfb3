package dev.vernier.nets.published;

import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The nets that LPIPS was published with, parameters named as in torchvision's classifiers, and the
 * activations it compares.
 */
enum LpipsBackbone {
  /** AlexNet (Krizhevsky 2014): after each of the five rectifications. */
  ALEX {
    @Override
    List<Integer> channels() {
      return List.of(64, 192, 384, 256, 256);
    }

    @Override
    List<FeatureMap> activations(Trunk net, FeatureMap images) {
      FeatureMap first = net.convolution(0, images, 64, Window.square(11, 4, 2));
      FeatureMap second = net.convolution(3, pooled(first), 192, Window.keeping(5, 5));
      FeatureMap third = net.convolution(6, pooled(second), 384, Window.keeping(3, 3));
      FeatureMap fourth = net.convolution(8, third, 256, Window.keeping(3, 3));
      FeatureMap fifth = net.convolution(10, fourth, 256, Window.keeping(3, 3));
      return List.of(first, second, third, fourth, fifth);
    }
  },

  /** VGG-16 (Simonyan and Zisserman 2015): the last rectification of each of the five stages. */
  VGG {
    @Override
    List<Integer> channels() {
      return List.of(64, 128, 256, 512, 512);
    }

    @Override
    List<FeatureMap> activations(Trunk net, FeatureMap images) {
      List<Integer> depths = List.of(2, 2, 3, 3, 3);
      List<FeatureMap> taps = new ArrayList<>();
      FeatureMap h = images;
      int index = 0;
      for (int stage = 0; stage < depths.size(); stage++) {
        h = stage == 0 ? h : Layers.maxPool(h, Window.square(2, 2, 0));
        for (int layer = 0; layer < depths.get(stage); layer++) {
          h = net.convolution(index, h, channels().get(stage), Window.keeping(3, 3));
          // Convolution and rectification each have a number.
          index += 2;
        }
        taps.add(h);
        // So has the pooling.
        index++;
      }
      return taps;
    }
  },

  /** SqueezeNet 1.1 (Iandola et al. 2016): the stem, and the fire modules where slices end. */
  SQUEEZE {
    @Override
    List<Integer> channels() {
      return List.of(64, 128, 256, 384, 384, 512, 512);
    }

    @Override
    List<FeatureMap> activations(Trunk net, FeatureMap images) {
      FeatureMap first = net.convolution(0, images, 64, Window.square(3, 2, 0));
      FeatureMap second = net.fire(4, net.fire(3, completed(first), 16, 64), 16, 64);
      FeatureMap third = net.fire(7, net.fire(6, completed(second), 32, 128), 32, 128);
      FeatureMap fourth = net.fire(9, completed(third), 48, 192);
      FeatureMap fifth = net.fire(10, fourth, 48, 192);
      FeatureMap sixth = net.fire(11, fifth, 64, 256);
      FeatureMap seventh = net.fire(12, sixth, 64, 256);
      return List.of(first, second, third, fourth, fifth, sixth, seventh);
    }
  };

  /** An array that tells any of them in a file. */
  static final String LANDMARK = "features.0.weight";

  /** How a user names it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Channels of each activation. */
  abstract List<Integer> channels();

  /** Defines the net on scaled images; the activations from shallow to deep. */
  abstract List<FeatureMap> activations(Trunk net, FeatureMap images);

  private static FeatureMap pooled(FeatureMap x) {
    return Layers.maxPool(x, Window.square(3, 2, 0));
  }

  private static FeatureMap completed(FeatureMap x) {
    return pooled(Layers.completedForPooling(x));
  }

  /** Layers with the names of torchvision's {@code features}. */
  record Trunk(PublishedWeights weights) {
    FeatureMap convolution(int index, FeatureMap x, int out, Window window) {
      return convolution("features." + index, x, out, window);
    }

    private FeatureMap convolution(String name, FeatureMap x, int out, Window window) {
      return Layers.relu(
          Convolution.with(
              x,
              weights.constant(
                  x.graph(), name + ".weight", out, x.channels(), window.height(), window.width()),
              weights.constant(x.graph(), name + ".bias", out),
              out,
              window));
    }

    FeatureMap fire(int index, FeatureMap x, int squeezed, int expanded) {
      String name = "features." + index;
      FeatureMap narrow = convolution(name + ".squeeze", x, squeezed, Window.keeping(1, 1));
      return Layers.concat(
          convolution(name + ".expand1x1", narrow, expanded, Window.keeping(1, 1)),
          convolution(name + ".expand3x3", narrow, expanded, Window.keeping(3, 3)));
    }
  }
}
