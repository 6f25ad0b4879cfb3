package dev.vernier.engine.onednn;

import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
import java.util.List;

/**
 * A thread's room for weights of 3 x 3 windows, and Winograd's transforms of them. Numbers of one
 * place of the window lie before those of the next, as do those of the 36 products.
 */
final class TileWeights {
  private static final int WINDOW = MinimalFiltering.WEIGHTS;

  /** Of a window. */
  static final int PLACES = WINDOW * WINDOW;

  private static final int SIDE = MinimalFiltering.PRODUCTS;
  private static final int CHUNK = 1024;

  private final float[][] window = new float[PLACES][CHUNK];
  private final float[][] between = new float[SIDE * WINDOW][CHUNK];
  private final float[][] places = new float[TileStrip.PLACES][CHUNK];

  /**
   * Transforms all weights.
   *
   * @param rooms one for each thread
   * @param weights {@code [9, size]}
   * @param turned whether windows are turned by half a turn, as gradients go back through them
   * @param target {@code [36, size]}
   */
  static void transform(
      List<TileWeights> rooms, Floats weights, boolean turned, Floats target, int size) {
    Parallel.forEach(
        chunks(size),
        rooms,
        (room, chunk) -> {
          int count = Math.min(CHUNK, size - chunk * CHUNK);
          for (int place = 0; place < PLACES; place++) {
            int from = turned ? PLACES - 1 - place : place;
            weights.read(from * size + chunk * CHUNK, room.window[place], count);
          }
          room.transform(count);
          for (int place = 0; place < TileStrip.PLACES; place++) {
            target.write(place * size + chunk * CHUNK, room.places[place], count);
          }
        });
  }

  /** The other way: the gradient of weights from that of what they were transformed to. */
  static void transformGradient(
      List<TileWeights> rooms, Floats gradient, Floats weights, int size) {
    Parallel.forEach(
        chunks(size),
        rooms,
        (room, chunk) -> {
          int count = Math.min(CHUNK, size - chunk * CHUNK);
          for (int place = 0; place < TileStrip.PLACES; place++) {
            gradient.read(place * size + chunk * CHUNK, room.places[place], count);
          }
          room.transformGradient(count);
          for (int place = 0; place < PLACES; place++) {
            weights.write(place * size + chunk * CHUNK, room.window[place], count);
          }
        });
  }

  private static int chunks(int size) {
    return (size + CHUNK - 1) / CHUNK;
  }

  private void transform(int count) {
    for (int j = 0; j < WINDOW; j++) {
      MinimalFiltering.FROM_WEIGHTS.multiply(window, j, WINDOW, between, j, WINDOW, count);
    }
    for (int i = 0; i < SIDE; i++) {
      MinimalFiltering.FROM_WEIGHTS.multiply(between, i * WINDOW, 1, places, i * SIDE, 1, count);
    }
  }

  private void transformGradient(int count) {
    for (int i = 0; i < SIDE; i++) {
      MinimalFiltering.TO_WEIGHTS.multiply(places, i * SIDE, 1, between, i * WINDOW, 1, count);
    }
    for (int j = 0; j < WINDOW; j++) {
      MinimalFiltering.TO_WEIGHTS.multiply(between, j, WINDOW, window, j, WINDOW, count);
    }
  }
}
