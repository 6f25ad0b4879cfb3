package dev.vernier.harness.onnx;

import dev.vernier.spi.UsageException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which outputs of a model are which features. Shapes tell, and of several outputs that would do,
 * the first is meant:
 *
 * <ul>
 *   <li>{@code [N, D]} is the global feature.
 *   <li>{@code [N, C, h, w]} are spatial features.
 *   <li>{@code [N, T, C]} are tokens of a transformer, spatial features where there are none above.
 *       If T - 1 is a square, the first is the class token, and the others are patches, row by row;
 *       if T is a square, all are patches. Other numbers are no grid, and the output is passed
 *       over.
 *   <li>Without an output {@code [N, D]}, the class token is the global feature, and without that
 *       the mean over patches.
 * </ul>
 *
 * @param global the output that is the global feature, where there is one
 * @param dimension of the global feature
 * @param patches the output of spatial features, where there is one
 */
record FeatureOutputs(Optional<String> global, int dimension, Optional<Patches> patches) {
  /**
   * An output of spatial features.
   *
   * @param output its name
   * @param channels of a patch
   * @param height of the grid
   * @param width of the grid
   * @param tokens whether a patch's channels are next to each other, not a channel's patches
   * @param classTokens tokens before the patches
   */
  record Patches(
      String output, int channels, int height, int width, boolean tokens, int classTokens) {
    private int area() {
      return height * width;
    }

    private float value(float[] values, int image, int channel, int patch) {
      return tokens
          ? values[(image * (classTokens + area()) + classTokens + patch) * channels + channel]
          : values[(image * channels + channel) * area() + patch];
    }

    private void spatial(float[] values, int image, float[] target, int at) {
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < area(); p++) {
          target[at + c * area() + p] = value(values, image, c, p);
        }
      }
    }

    private void pooled(float[] values, int image, float[] target, int at) {
      for (int c = 0; c < channels; c++) {
        target[at + c] =
            classTokens > 0 ? value(values, image, c, -classTokens) : mean(values, image, c);
      }
    }

    private float mean(float[] values, int image, int channel) {
      double sum = 0;
      for (int p = 0; p < area(); p++) {
        sum += value(values, image, channel, p);
      }
      return (float) (sum / area());
    }

    /** Values of one image. */
    int length() {
      return Math.multiplyExact(channels, area());
    }
  }

  /**
   * Reads them off the shapes.
   *
   * @param shapes of the float outputs of one run by name, in the model's order
   * @param batch images of the run
   * @throws UsageException if no output holds features
   */
  static FeatureOutputs of(Map<String, long[]> shapes, int batch, Path file) {
    Optional<String> global = first(shapes, batch, 2);
    Optional<Patches> patches =
        first(shapes, batch, 4)
            .map(name -> map(name, shapes.get(name)))
            .or(() -> first(shapes, batch, 3).flatMap(name -> tokens(name, shapes.get(name))));
    int dimension =
        global
            .map(name -> (int) shapes.get(name)[1])
            .or(() -> patches.map(Patches::channels))
            .orElseThrow(() -> none(shapes, file));
    return new FeatureOutputs(global, dimension, patches);
  }

  private static Optional<String> first(Map<String, long[]> shapes, int batch, int rank) {
    return shapes.entrySet().stream()
        .filter(each -> each.getValue().length == rank && each.getValue()[0] == batch)
        .filter(each -> Arrays.stream(each.getValue()).allMatch(side -> side > 0))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Patches map(String name, long[] shape) {
    return new Patches(name, (int) shape[1], (int) shape[2], (int) shape[3], false, 0);
  }

  private static Optional<Patches> tokens(String name, long[] shape) {
    int count = (int) shape[1];
    int channels = (int) shape[2];
    for (int classTokens : new int[] {1, 0}) {
      int side = (int) Math.round(Math.sqrt(count - classTokens));
      if (side > 0 && side * side == count - classTokens) {
        return Optional.of(new Patches(name, channels, side, side, true, classTokens));
      }
    }
    return Optional.empty();
  }

  private static UsageException none(Map<String, long[]> shapes, Path file) {
    String all =
        shapes.entrySet().stream()
            .map(each -> each.getKey() + " " + Arrays.toString(each.getValue()))
            .collect(Collectors.joining(", "));
    return new UsageException(
        file
            + " has no float output [N, D], [N, C, h, w] or [N, tokens, C] with a square grid of"
            + " tokens (there are: "
            + (all.isEmpty() ? "none" : all)
            + "): export the model with one of them");
  }

  /** The outputs to read. */
  List<String> names() {
    return Stream.concat(global.stream(), patches.map(Patches::output).stream()).toList();
  }

  /**
   * The global feature of one image of a run.
   *
   * @param run the values of {@link #names} by name
   * @param target takes {@code [dimension]} as its {@code row}-th image
   */
  void pooled(Map<String, float[]> run, int image, float[] target, int row) {
    int at = row * dimension;
    if (global.isPresent()) {
      System.arraycopy(run.get(global.get()), image * dimension, target, at, dimension);
    } else {
      Patches source = patches.orElseThrow();
      source.pooled(run.get(source.output()), image, target, at);
    }
  }

  /**
   * The spatial features of one image of a run, if there are any.
   *
   * @param target takes {@code [channels, height, width]} as its {@code row}-th image
   */
  void spatial(Map<String, float[]> run, int image, float[] target, int row) {
    patches.ifPresent(
        source -> source.spatial(run.get(source.output()), image, target, row * source.length()));
  }
}
