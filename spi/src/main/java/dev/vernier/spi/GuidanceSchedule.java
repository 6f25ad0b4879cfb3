package dev.vernier.spi;

/** How the scale of guidance changes over the positions of a grid. */
public enum GuidanceSchedule {
  /** The same everywhere. */
  CONSTANT {
    @Override
    double share(double done) {
      return 1;
    }
  },
  /** Rises in a straight line, to the full scale at the last position. */
  LINEAR {
    @Override
    double share(double done) {
      return done;
    }
  },
  /** Rises along half a cosine, to the full scale at the last position. */
  COSINE {
    @Override
    double share(double done) {
      return (1 - Math.cos(Math.PI * done)) / 2;
    }
  };

  /** The share of the scale above 1 that is in force. */
  abstract double share(double done);

  /**
   * The scale at a position.
   *
   * @param scale the full one
   * @param position from 0
   * @param positions how many there are
   */
  public double at(double scale, int position, int positions) {
    return 1 + (scale - 1) * share((position + 1.0) / positions);
  }
}
