package dev.vernier.nets.published;

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
    List<Activation> activations(Trunk net, Activation images) {
      Activation first = net.convolution(0, images, 64, Window.square(11, 4, 2));
      Activation second = net.convolution(3, pooled(first), 192, Window.keeping(5, 5));
      Activation third = net.convolution(6, pooled(second), 384, Window.keeping(3, 3));
      Activation fourth = net.convolution(8, third, 256, Window.keeping(3, 3));
      Activation fifth = net.convolution(10, fourth, 256, Window.keeping(3, 3));
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
    List<Activation> activations(Trunk net, Activation images) {
      List<Integer> depths = List.of(2, 2, 3, 3, 3);
      List<Activation> taps = new ArrayList<>();
      Activation h = images;
      int index = 0;
      for (int stage = 0; stage < depths.size(); stage++) {
        h = stage == 0 ? h : h.maxPool(Window.square(2, 2, 0));
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
    List<Activation> activations(Trunk net, Activation images) {
      Activation first = net.convolution(0, images, 64, Window.square(3, 2, 0));
      Activation second = net.fire(4, net.fire(3, completed(first), 16, 64), 16, 64);
      Activation third = net.fire(7, net.fire(6, completed(second), 32, 128), 32, 128);
      Activation fourth = net.fire(9, completed(third), 48, 192);
      Activation fifth = net.fire(10, fourth, 48, 192);
      Activation sixth = net.fire(11, fifth, 64, 256);
      Activation seventh = net.fire(12, sixth, 64, 256);
      return List.of(first, second, third, fourth, fifth, sixth, seventh);
    }
  };

  /** How a user names it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Channels of each activation. */
  abstract List<Integer> channels();

  /** Defines the net on scaled images; the activations from shallow to deep. */
  abstract List<Activation> activations(Trunk net, Activation images);

  private static Activation pooled(Activation x) {
    return x.maxPool(Window.square(3, 2, 0));
  }

  private static Activation completed(Activation x) {
    return pooled(x.completedForPooling());
  }

  /** Layers with the names of torchvision's {@code features}. */
  record Trunk(PublishedWeights weights) {
    Activation convolution(int index, Activation x, int out, Window window) {
      return convolution("features." + index, x, out, window);
    }

    private Activation convolution(String name, Activation x, int out, Window window) {
      return x.convolution(
              weights.constant(
                  x.graph(), name + ".weight", out, x.channels(), window.height(), window.width()),
              weights.constant(x.graph(), name + ".bias", out),
              out,
              window)
          .relu();
    }

    Activation fire(int index, Activation x, int squeezed, int expanded) {
      String name = "features." + index;
      Activation narrow = convolution(name + ".squeeze", x, squeezed, Window.keeping(1, 1));
      return Activation.concat(
          convolution(name + ".expand1x1", narrow, expanded, Window.keeping(1, 1)),
          convolution(name + ".expand3x3", narrow, expanded, Window.keeping(3, 3)));
    }
  }
}
