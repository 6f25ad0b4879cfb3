package dev.vernier.tests.features;

import dev.vernier.nets.published.LpipsProvider;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.Settings;
import dev.vernier.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * Random weights under the names that torchvision's classifiers and LPIPS' linear layers have.
 *
 * @param backbone the classifier
 * @param weights its convolutions; its linear layers are left out
 * @param linear the linear layers of LPIPS
 */
public record LpipsFiles(Backbone backbone, Path weights, Path linear) {
  /** The classifiers that LPIPS was published with. */
  public enum Backbone {
    /** AlexNet. */
    ALEX {
      @Override
      List<Integer> channels() {
        return List.of(64, 192, 384, 256, 256);
      }

      @Override
      void layOut(List<Convolution> net) {
        net.add(new Convolution("features.0", 64, 3, 11));
        net.add(new Convolution("features.3", 192, 64, 5));
        net.add(new Convolution("features.6", 384, 192, 3));
        net.add(new Convolution("features.8", 256, 384, 3));
        net.add(new Convolution("features.10", 256, 256, 3));
      }
    },

    /** VGG-16. */
    VGG {
      @Override
      List<Integer> channels() {
        return List.of(64, 128, 256, 512, 512);
      }

      @Override
      void layOut(List<Convolution> net) {
        List<Integer> depths = List.of(2, 2, 3, 3, 3);
        int in = 3;
        int index = 0;
        for (int stage = 0; stage < depths.size(); stage++) {
          int out = channels().get(stage);
          for (int layer = 0; layer < depths.get(stage); layer++) {
            net.add(new Convolution("features." + index, out, in, 3));
            in = out;
            index += 2;
          }
          index++;
        }
      }
    },

    /** SqueezeNet 1.1. */
    SQUEEZE {
      @Override
      List<Integer> channels() {
        return List.of(64, 128, 256, 384, 384, 512, 512);
      }

      @Override
      void layOut(List<Convolution> net) {
        net.add(new Convolution("features.0", 64, 3, 3));
        fire(net, 3, 64, 16, 64);
        fire(net, 4, 128, 16, 64);
        fire(net, 6, 128, 32, 128);
        fire(net, 7, 256, 32, 128);
        fire(net, 9, 256, 48, 192);
        fire(net, 10, 384, 48, 192);
        fire(net, 11, 384, 64, 256);
        fire(net, 12, 512, 64, 256);
      }

      private void fire(List<Convolution> net, int index, int in, int squeezed, int expanded) {
        String name = "features." + index;
        net.add(new Convolution(name + ".squeeze", squeezed, in, 1));
        net.add(new Convolution(name + ".expand1x1", expanded, squeezed, 1));
        net.add(new Convolution(name + ".expand3x3", expanded, squeezed, 3));
      }
    };

    /** How a user names it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Channels of each activation that is compared. */
    abstract List<Integer> channels();

    /** Adds its convolutions. */
    abstract void layOut(List<Convolution> net);
  }

  /** A convolution with a square window. */
  private record Convolution(String name, int out, int in, int side) {}

  /** Writes both files. */
  public static LpipsFiles write(Backbone backbone, Path folder) throws IOException {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    Random random = new Random(1);
    List<Convolution> net = new ArrayList<>();
    backbone.layOut(net);
    for (Convolution each : net) {
      int side = each.side();
      double deviation = Math.sqrt(2.0 / (side * side * each.in()));
      tensors.put(
          each.name() + ".weight",
          tensor(() -> deviation * random.nextGaussian(), each.out(), each.in(), side, side));
      tensors.put(each.name() + ".bias", tensor(() -> 0, each.out()));
    }
    LpipsFiles files = in(backbone, folder);
    Safetensors.write(files.weights, tensors, Map.of());
    writeLinear(backbone, files.linear, 2);
    return files;
  }

  /** Those that were written into a folder. */
  public static LpipsFiles in(Backbone backbone, Path folder) {
    return new LpipsFiles(
        backbone,
        folder.resolve(backbone.label() + ".safetensors"),
        folder.resolve(backbone.label() + "-linear.safetensors"));
  }

  /** LPIPS with these weights; the caller closes it. */
  public PerceptualDistance open() throws IOException {
    LpipsProvider provider = new LpipsProvider();
    return provider.open(
        Settings.of(
            provider.settings(),
            Map.of(
                "backbone", backbone.label(),
                "weights", weights.toString(),
                "linear", linear.toString())));
  }

  /** Writes linear layers. */
  public static void writeLinear(Backbone backbone, Path file, long seed) throws IOException {
    Random random = new Random(seed);
    Map<String, Safetensors.Tensor> layers = new LinkedHashMap<>();
    for (int channels : backbone.channels()) {
      layers.put(
          "lin" + layers.size() + ".model.1.weight", tensor(random::nextDouble, 1, channels, 1, 1));
    }
    Safetensors.write(file, layers, Map.of());
  }

  private static Safetensors.Tensor tensor(DoubleSupplier values, long... shape) {
    long length = 1;
    for (long side : shape) {
      length *= side;
    }
    float[] floats = new float[(int) length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values.getAsDouble();
    }
    return new Safetensors.Tensor(shape, floats);
  }
}
