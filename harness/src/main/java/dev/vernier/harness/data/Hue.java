package dev.vernier.harness.data;

import java.util.List;
import java.util.SplittableRandom;

/** A colour family, each far from the others: a surface has colours of one of them alone. */
record Hue(String name, double red, double green, double blue) {
  static final List<Hue> ALL =
      List.of(
          new Hue("red", 1, 0.1, 0.08),
          new Hue("yellow", 1, 0.78, 0.05),
          new Hue("green", 0.12, 0.75, 0.2),
          new Hue("cyan", 0.05, 0.72, 0.8),
          new Hue("blue", 0.14, 0.26, 1),
          new Hue("magenta", 0.85, 0.15, 0.8));

  /** Any hue but this one. */
  Hue other(SplittableRandom random) {
    List<Hue> others = ALL.stream().filter(each -> !each.equals(this)).toList();
    return others.get(random.nextInt(others.size()));
  }

  /** A colour of the family, in [0, 1]: lighter or darker, stronger or paler. */
  double[] colour(SplittableRandom random) {
    double lightness = 0.35 + 0.6 * random.nextDouble();
    double strength = 0.6 + 0.4 * random.nextDouble();
    double[] colour = {red, green, blue};
    for (int c = 0; c < colour.length; c++) {
      colour[c] = lightness * (1 - strength * (1 - colour[c]));
    }
    return colour;
  }
}
