package dev.vernier.engine.nn;

import dev.vernier.engine.program.Graph;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A square feature map in a graph, with the sizes that layers need to know beforehand.
 *
 * @param graph the graph it belongs to
 * @param value {@code [batch, channels, side, side]}
 * @param batch images
 * @param channels channels
 * @param side height and width
 */
public record FeatureMap(Graph graph, SDVariable value, int batch, int channels, int side) {
  /** The same sizes with another value. */
  public FeatureMap with(SDVariable other) {
    return new FeatureMap(graph, other, batch, channels, side);
  }

  /** Positions of the map. */
  public int area() {
    return side * side;
  }

  /** {@code [batch * side * side, channels]}: one row a position, images one after the other. */
  public SDVariable rows() {
    return value.permute(0, 2, 3, 1).reshape(batch * area(), channels);
  }

  /** The map whose {@link #rows()} these are. */
  public static FeatureMap ofRows(Graph graph, SDVariable rows, int batch, int channels, int side) {
    SDVariable value = rows.reshape(batch, side, side, channels).permute(0, 3, 1, 2);
    return new FeatureMap(graph, value, batch, channels, side);
  }
}
