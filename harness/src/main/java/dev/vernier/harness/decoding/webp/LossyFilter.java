package dev.vernier.harness.decoding.webp;

/** Smooths the edges between blocks (RFC 6386, section 15). */
final class LossyFilter {
  private final Plane plane;

  /** How far neighbours may differ, and above what difference there is an edge in the picture. */
  private int interior;

  private int edge;

  LossyFilter(Plane plane) {
    this.plane = plane;
  }

  /** How one macroblock is filtered. */
  record Strength(int level, int interior, int edge) {
    static Strength of(int level, int sharpness) {
      int interior = level;
      if (sharpness > 0) {
        interior = Math.min(interior >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
      }
      return new Strength(level, Math.max(1, interior), level >= 40 ? 2 : level >= 15 ? 1 : 0);
    }
  }

  /**
   * Filters a square of a macroblock.
   *
   * @param left its first column
   * @param top its first row
   * @param side 16, or 8 for chroma
   * @param inner whether edges within it are filtered
   */
  void apply(Strength strength, int left, int top, int side, boolean inner, boolean simple) {
    interior = strength.interior();
    edge = strength.edge();
    int limit = 2 * strength.level() + interior;
    // Columns first: across an edge by one sample, along it by a row.
    for (int x = 0; x < side; x += 4) {
      if (x == 0 ? left > 0 : inner) {
        edge(plane.at(left + x, top), 1, plane.stride, side, limit, x == 0, simple);
      }
    }
    for (int y = 0; y < side; y += 4) {
      if (y == 0 ? top > 0 : inner) {
        edge(plane.at(left, top + y), plane.stride, 1, side, limit, y == 0, simple);
      }
    }
  }

  private void edge(
      int from, int across, int along, int length, int limit, boolean outer, boolean simple) {
    int most = 2 * (outer ? limit + 4 : limit) + 1;
    for (int i = 0; i < length; i++) {
      int at = from + i * along;
      if (simple) {
        if (step(at, across) <= most) {
          narrow(at, across);
        }
      } else if (step(at, across) <= most && calm(at, across)) {
        if (sharp(at, across)) {
          narrow(at, across);
        } else if (outer) {
          wide(at, across);
        } else {
          middle(at, across);
        }
      }
    }
  }

  private int difference(int a, int b) {
    return Math.abs(plane.get(a) - plane.get(b));
  }

  private int step(int at, int across) {
    return 4 * difference(at - across, at) + difference(at - 2 * across, at + across);
  }

  private boolean calm(int at, int across) {
    for (int i = 1; i < 4; i++) {
      if (difference(at - i * across, at - (i + 1) * across) > interior
          || difference(at + (i - 1) * across, at + i * across) > interior) {
        return false;
      }
    }
    return true;
  }

  private boolean sharp(int at, int across) {
    return difference(at - 2 * across, at - across) > edge || difference(at + across, at) > edge;
  }

  /** Three times the step, and where asked for the one around it. */
  private int slope(int at, int across, boolean around) {
    int further = plane.get(at - 2 * across) - plane.get(at + across);
    return 3 * (plane.get(at) - plane.get(at - across)) + (around ? clamped(further) : 0);
  }

  private static int clamped(int value) {
    return Math.max(-128, Math.min(127, value));
  }

  private void add(int at, int value) {
    plane.set(at, plane.get(at) + value);
  }

  /** Changes two samples. */
  private void narrow(int at, int across) {
    int slope = clamped(slope(at, across, true));
    add(at - across, clamped(slope + 3) >> 3);
    add(at, -(clamped(slope + 4) >> 3));
  }

  /** Changes four. */
  private void middle(int at, int across) {
    int slope = clamped(slope(at, across, false));
    int right = clamped(slope + 4) >> 3;
    int outer = (right + 1) >> 1;
    add(at - 2 * across, outer);
    add(at - across, clamped(slope + 3) >> 3);
    add(at, -right);
    add(at + across, -outer);
  }

  /** Changes six. */
  private void wide(int at, int across) {
    int slope = clamped(slope(at, across, true));
    for (int i = 0; i < 3; i++) {
      int value = (9 * (3 - i) * slope + 63) >> 7;
      add(at - (i + 1) * across, value);
      add(at + i * across, -value);
    }
  }
}
