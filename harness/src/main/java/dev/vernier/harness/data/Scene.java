package dev.vernier.harness.data;

import dev.vernier.spi.ImageSize;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One synthetic picture: a background of one hue, a few shapes of the class's kind in the class's
 * hue, all textured with value noise and lit from one side. Hue and kind make the class, so that a
 * net which tells classes apart sees colours as well as shapes. Only additions, multiplications and
 * roots that every JVM rounds alike, and {@link StrictMath} for angles.
 */
final class Scene {
  private static final List<String> KINDS =
      List.of(
          "disc",
          "ring",
          "square",
          "triangle",
          "cross",
          "star",
          "stripes",
          "checker",
          "blob",
          "crescent");

  static final List<String> CLASSES =
      Hue.ALL.stream().flatMap(hue -> KINDS.stream().map(kind -> hue.name() + " " + kind)).toList();

  private static final int SAMPLES = 2;
  private final int kind;
  private final Paint background;
  private final List<Shape> shapes;

  private Scene(int kind, Paint background, List<Shape> shapes) {
    this.kind = kind;
    this.background = background;
    this.shapes = shapes;
  }

  static Scene of(int label, SplittableRandom random) {
    Hue hue = Hue.ALL.get(label / KINDS.size());
    Paint background = Paint.random(hue.other(random), random);
    int count = 1 + random.nextInt(3);
    List<Shape> shapes =
        IntStream.range(0, count).mapToObj(i -> Shape.random(hue, i, random)).toList();
    return new Scene(label % KINDS.size(), background, shapes);
  }

  /**
   * Planar bytes {@code [3, height, width]}, each pixel the mean of four samples. Scenes are
   * squares as long as the longer side, of which other images show the centre.
   */
  byte[] render(ImageSize size) {
    byte[] rgb = new byte[3 * size.area()];
    int side = Math.max(size.height(), size.width());
    int left = (side - size.width()) / 2;
    int top = (side - size.height()) / 2;
    double[] colour = new double[3];
    double[] sum = new double[3];
    double step = 1.0 / (side * SAMPLES);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        Arrays.fill(sum, 0);
        for (int s = 0; s < SAMPLES * SAMPLES; s++) {
          sample(
              ((left + x) * SAMPLES + s % SAMPLES + 0.5) * step,
              ((top + y) * SAMPLES + s / SAMPLES + 0.5) * step,
              colour);
          for (int c = 0; c < 3; c++) {
            sum[c] += colour[c];
          }
        }
        for (int c = 0; c < 3; c++) {
          double mean = sum[c] / (SAMPLES * SAMPLES);
          rgb[(c * size.height() + y) * size.width() + x] =
              (byte) (int) Math.floor(mean * 255 + 0.5);
        }
      }
    }
    return rgb;
  }

  private void sample(double x, double y, double[] colour) {
    background.at(x, y, 0, colour);
    for (Shape shape : shapes) {
      double u = shape.u(x, y);
      double v = shape.v(x, y);
      if (inside(u, v)) {
        // A light from the upper left makes the surface look curved.
        shape.paint().at(x, y, -0.18 * (u + v), colour);
      }
    }
  }

  /** Whether a point of a shape's own coordinates, about [-1, 1], belongs to it. */
  private boolean inside(double u, double v) {
    double r = u * u + v * v;
    double a = Math.abs(u);
    double b = Math.abs(v);
    return switch (kind) {
      case 0 -> r < 0.8;
      case 1 -> r < 1 && r > 0.35;
      case 2 -> a < 0.75 && b < 0.75;
      case 3 -> v < 0.7 && v > 1.7 * a - 0.9;
      case 4 -> (a < 0.28 && b < 0.95) || (b < 0.28 && a < 0.95);
      case 5 -> Math.sqrt(a) + Math.sqrt(b) < 1.05;
      case 6 -> a < 0.9 && b < 0.9 && Math.floorMod((int) Math.floor(u * 4 + 8), 2) == 0;
      case 7 ->
          a < 0.9
              && b < 0.9
              && Math.floorMod((int) Math.floor(u * 3 + 9) + (int) Math.floor(v * 3 + 9), 2) == 0;
      case 8 -> r + 0.5 * u * v - 0.6 * u * u * v < 0.6;
      default -> r < 0.9 && (u - 0.4) * (u - 0.4) + v * v > 0.55;
    };
  }

  /** A place, size and turn. */
  private record Shape(
      double centreX, double centreY, double radius, double cosine, double sine, Paint paint) {
    static Shape random(Hue hue, int number, SplittableRandom random) {
      double angle = random.nextDouble() * 2 * StrictMath.PI;
      double radius = (0.18 + 0.24 * random.nextDouble()) / (1 + 0.35 * number);
      return new Shape(
          0.2 + 0.6 * random.nextDouble(),
          0.2 + 0.6 * random.nextDouble(),
          radius,
          StrictMath.cos(angle),
          StrictMath.sin(angle),
          Paint.random(hue, random));
    }

    double u(double x, double y) {
      return ((x - centreX) * cosine + (y - centreY) * sine) / radius;
    }

    double v(double x, double y) {
      return ((y - centreY) * cosine - (x - centreX) * sine) / radius;
    }
  }

  /**
   * Two colours of one hue, mixed along a direction and by noise of some coarseness and strength.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Paint(
      double[] first,
      double[] second,
      double slopeX,
      double slopeY,
      double frequency,
      double stretch,
      double strength,
      int seed) {
    static Paint random(Hue hue, SplittableRandom random) {
      return new Paint(
          hue.colour(random),
          hue.colour(random),
          random.nextDouble() - 0.5,
          random.nextDouble() - 0.5,
          2 + 8 * random.nextDouble() * random.nextDouble(),
          0.4 + 1.6 * random.nextDouble(),
          0.15 + 0.7 * random.nextDouble(),
          random.nextInt());
    }

    void at(double x, double y, double light, double[] colour) {
      double grain =
          noise(x * frequency, y * frequency * stretch)
              + 0.5 * noise(x * frequency * 2.1 + 7, y * frequency * stretch * 2.1 + 3);
      double mix = 0.5 + slopeX * (x - 0.5) + slopeY * (y - 0.5) + strength * (grain - 0.75);
      double share = Math.max(0, Math.min(1, mix));
      for (int c = 0; c < 3; c++) {
        double value = first[c] + share * (second[c] - first[c]) + light;
        colour[c] = Math.max(0, Math.min(1, value));
      }
    }

    /** Value noise in [0, 1]: random numbers on a grid, smoothly interpolated. */
    private double noise(double x, double y) {
      int column = (int) Math.floor(x);
      int row = (int) Math.floor(y);
      double dx = smooth(x - column);
      double dy = smooth(y - row);
      double top = lerp(grid(column, row), grid(column + 1, row), dx);
      double bottom = lerp(grid(column, row + 1), grid(column + 1, row + 1), dx);
      return lerp(top, bottom, dy);
    }

    private static double smooth(double t) {
      return t * t * (3 - 2 * t);
    }

    private static double lerp(double a, double b, double t) {
      return a + t * (b - a);
    }

    private double grid(int column, int row) {
      int h = seed + column * 0x9E3779B1 + row * 0x85EBCA77;
      h = (h ^ (h >>> 15)) * 0x2C1B3C6D;
      h = (h ^ (h >>> 12)) * 0x297A2D39;
      return ((h ^ (h >>> 15)) >>> 8) / (double) (1 << 24);
    }
  }
}
