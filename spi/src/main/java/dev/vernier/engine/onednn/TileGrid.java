package dev.vernier.engine.onednn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Maps cut into square tiles; those at the lower and the right border may hang over.
 *
 * @param images maps
 * @param height positions from top to bottom
 * @param width positions from left to right
 */
record TileGrid(int images, int height, int width) {
  /** Positions from top to bottom of a tile. */
  static final int SIDE = MinimalFiltering.OUTPUTS;

  /** Of the maps of an array {@code [N, H, W, C]}. */
  static TileGrid of(INDArray maps) {
    return new TileGrid((int) maps.size(0), (int) maps.size(1), (int) maps.size(2));
  }

  /** Tiles in a row. */
  int across() {
    return (width + SIDE - 1) / SIDE;
  }

  /** Rows of tiles in a map. */
  int down() {
    return (height + SIDE - 1) / SIDE;
  }

  /** Rows of tiles in all maps. */
  int rows() {
    return images * down();
  }

  /** Tiles of all maps. */
  int tiles() {
    return rows() * across();
  }

  /** Whether the maps fill at least half of their tiles. */
  boolean isHalfFull() {
    return 2L * images * height * width >= (long) SIDE * SIDE * tiles();
  }
}
