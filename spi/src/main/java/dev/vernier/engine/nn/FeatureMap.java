package dev.vernier.engine.nn;

import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.operations.MoveChannels;
import dev.vernier.spi.UsageException;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A feature map in a graph, with the sizes that layers need to know beforehand.
 *
 * @param graph the graph it belongs to
 * @param value {@code [batch, height, width, channels]}
 * @param batch images
 * @param height rows
 * @param width columns
 * @param channels channels
 */
public record FeatureMap(
    Graph graph, SDVariable value, int batch, int height, int width, int channels) {
  /**
   * Checks that something is left of the map.
   *
   * @throws UsageException if not
   */
  public FeatureMap {
    if (height < 1 || width < 1) {
      throw new UsageException(
          "the images are too small for this net, nothing is left of them: use larger images, or"
              + " leave this net out");
    }
  }

  /**
   * An input as a map.
   *
   * @param input of the graph, {@code [batch, channels, height, width]}, as images are
   * @throws IllegalArgumentException if it is no input
   */
  public static FeatureMap ofInput(Graph graph, SDVariable input) {
    if (!input.isPlaceHolder()) {
      throw new IllegalArgumentException(input.name() + " is computed: only inputs have a shape");
    }
    long[] shape = input.getShape();
    SDVariable last = graph.apply(new MoveChannels(true), input);
    return new FeatureMap(
        graph, last, (int) shape[0], (int) shape[2], (int) shape[3], (int) shape[1]);
  }

  /** The map whose {@link #rows()} these are. */
  public static FeatureMap ofRows(
      Graph graph, SDVariable rows, int batch, int height, int width, int channels) {
    SDVariable value = rows.reshape(batch, height, width, channels);
    return new FeatureMap(graph, value, batch, height, width, channels);
  }

  /** The same sizes with another value. */
  public FeatureMap with(SDVariable other) {
    return new FeatureMap(graph, other, batch, height, width, channels);
  }

  /** The same place with another value of other channels. */
  public FeatureMap with(SDVariable other, int otherChannels) {
    return new FeatureMap(graph, other, batch, height, width, otherChannels);
  }

  /** Positions of the map. */
  public int area() {
    return height * width;
  }

  /** {@code [batch * height * width, channels]}: one row a position, images one after the other. */
  public SDVariable rows() {
    return value.reshape((long) batch * area(), channels);
  }

  /** {@code [batch, channels, height, width]}, as images are. */
  public SDVariable channelsFirst() {
    return graph.apply(new MoveChannels(false), value);
  }
}
