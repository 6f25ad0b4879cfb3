package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import java.util.Arrays;

/**
 * A thread's room for some neighbouring tiles of a row, and Winograd's transforms of them. Columns
 * lie apart by their number within a tile, so that each loop runs over all channels of all tiles at
 * once.
 */
final class TileStrip {
  /** Products that stand for a tile. */
  static final int PLACES = MinimalFiltering.PRODUCTS * MinimalFiltering.PRODUCTS;

  /** Most channels of maps. */
  static final int MOST_CHANNELS = 1024;

  private static final int OUTER = MinimalFiltering.PRODUCTS;
  private static final int INNER = TileGrid.SIDE;

  /** Columns of an input's tile that are its right neighbour's too. */
  private static final int SHARED = OUTER - INNER;

  /** Floats of an array for a strip: with more, the arrays would not fit a core's caches. */
  private static final int NUMBERS = 1024;

  private final float[][] map = new float[OUTER * INNER][NUMBERS + MOST_CHANNELS];
  private final float[][] between = new float[OUTER * OUTER][NUMBERS + MOST_CHANNELS];
  private final float[][] places = new float[PLACES][NUMBERS];

  /**
   * A row of tiles and where it goes.
   *
   * @param grid of the maps
   * @param channels of the maps
   * @param row among those of all maps
   * @param at its number in a group of rows
   * @param rows in the group
   */
  record Row(TileGrid grid, int channels, int row, int at, int rows) {
    /** Where in {@code [36, tiles of the group, channels]} a tile is. */
    private int start(int tile, int place) {
      return ((place * rows + at) * grid.across() + tile) * channels;
    }

    /** Number of the map's row that lies so far below the first of the tiles. */
    private int y(int below) {
      return INNER * (row % grid.down()) + below;
    }

    /** The first position of that row, among those of all maps. */
    private int position(int below) {
      return (row / grid.down() * grid.height() + y(below)) * grid.width();
    }

    private boolean has(int below) {
      return y(below) >= 0 && y(below) < grid.height();
    }
  }

  /** What is done with a strip. */
  @FunctionalInterface
  private interface Work {
    void run(int first, int count);
  }

  /** Tiles of a strip of a row. */
  static int tiles(TileGrid grid, int channels) {
    return Math.min(grid.across(), NUMBERS / channels);
  }

  private static void eachStrip(Row row, Work work) {
    int tiles = tiles(row.grid, row.channels);
    for (int first = 0; first < row.grid.across(); first += tiles) {
      work.run(first, Math.min(tiles, row.grid.across() - first));
    }
  }

  /** A row's tiles of an input, with what overlaps, into {@code [36, tiles of the group, C]}. */
  void transformInput(Floats input, Row row, Floats target) {
    eachStrip(
        row,
        (first, count) -> {
          int channels = row.channels;
          int size = count * channels;
          for (int i = 0; i < OUTER; i++) {
            readRow(input, row, i - 1, INNER * first - 1, INNER * count + SHARED, i);
          }
          for (int j = 0; j < INNER; j++) {
            int columns = j < SHARED ? size + channels : size;
            MinimalFiltering.FROM_INPUTS.multiply(map, j, INNER, between, j, OUTER, columns);
          }
          for (int i = 0; i < OUTER; i++) {
            for (int j = 0; j < SHARED; j++) {
              float[] neighbours = between[i * OUTER + j];
              System.arraycopy(neighbours, channels, between[i * OUTER + INNER + j], 0, size);
            }
            MinimalFiltering.FROM_INPUTS.multiply(
                between, i * OUTER, 1, places, i * OUTER, 1, size);
          }
          write(row, first, size, target);
        });
  }

  /** A row's tiles of the gradient of an output, likewise. */
  void transformGradient(Floats gradient, Row row, Floats target) {
    eachStrip(
        row,
        (first, count) -> {
          int size = count * row.channels;
          for (int i = 0; i < INNER; i++) {
            readRow(gradient, row, i, INNER * first, INNER * count, i);
          }
          for (int j = 0; j < INNER; j++) {
            MinimalFiltering.FROM_OUTPUTS.multiply(map, j, INNER, between, j, INNER, size);
          }
          for (int i = 0; i < OUTER; i++) {
            MinimalFiltering.FROM_OUTPUTS.multiply(
                between, i * INNER, 1, places, i * OUTER, 1, size);
          }
          write(row, first, size, target);
        });
  }

  /**
   * A row's tiles of an output, out of products {@code [36, tiles of the group, C]}.
   *
   * @param bias the bias of each channel, repeated for as many tiles as a strip has; null for none
   */
  void transformOutput(Floats products, Row row, float[] bias, Floats output) {
    eachStrip(
        row,
        (first, count) -> {
          int size = count * row.channels;
          for (int place = 0; place < PLACES; place++) {
            products.read(row.start(first, place), places[place], size);
          }
          for (int j = 0; j < OUTER; j++) {
            MinimalFiltering.TO_OUTPUTS.multiply(places, j, OUTER, between, j, OUTER, size);
          }
          for (int i = 0; i < INNER; i++) {
            MinimalFiltering.TO_OUTPUTS.multiply(between, i * OUTER, 1, map, i * INNER, 1, size);
            for (int j = 0; bias != null && j < INNER; j++) {
              add(bias, map[i * INNER + j], size);
            }
            writeRow(row, i, first, count, output);
          }
        });
  }

  private void write(Row row, int first, int size, Floats target) {
    for (int place = 0; place < PLACES; place++) {
      target.write(row.start(first, place), places[place], size);
    }
  }

  /**
   * Reads columns of a row of a map, zeros beyond it.
   *
   * @param below rows below the first of the tiles
   * @param left the first column
   * @param count of columns
   * @param into the row of the room that takes them
   */
  private void readRow(Floats from, Row row, int below, int left, int count, int into) {
    int channels = row.channels;
    int start = row.position(below);
    int width = row.has(below) ? row.grid.width() : 0;
    for (int i = 0; i < count; i++) {
      float[] target = map[into * INNER + i % INNER];
      int at = i / INNER * channels;
      int column = left + i;
      if (column >= 0 && column < width) {
        from.read((start + column) * channels, target, at, channels);
      } else {
        Arrays.fill(target, at, at + channels, 0);
      }
    }
  }

  /** Writes a row of the room where the map has one. */
  private void writeRow(Row row, int below, int first, int count, Floats to) {
    if (!row.has(below)) {
      return;
    }
    int channels = row.channels;
    int start = row.position(below) + INNER * first;
    int columns = Math.min(INNER * count, row.grid.width() - INNER * first);
    for (int i = 0; i < columns; i++) {
      to.write(
          (start + i) * channels, map[below * INNER + i % INNER], i / INNER * channels, channels);
    }
  }

  private static void add(float[] bias, float[] sum, int size) {
    for (int i = 0; i < size; i++) {
      sum[i] += bias[i];
    }
  }
}
