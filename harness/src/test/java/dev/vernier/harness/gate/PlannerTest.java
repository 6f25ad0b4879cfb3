package dev.vernier.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.reports.significance.Variance;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Level LEVEL = new Level(0.001);

  private static Noise noise(double overImages, Optional<Spread> spread) {
    return new Noise(1000, 1, Optional.of(new Variance(overImages, 999)), spread, true);
  }

  private static int number(String plan, String unit) {
    Matcher found = Pattern.compile("([\\d,]+) " + unit).matcher(plan);
    assertThat(found.find()).as(plan).isTrue();
    return Integer.parseInt(found.group(1).replace(",", ""));
  }

  private static double reach(Noise noise) {
    return noise.reach(LEVEL).orElseThrow();
  }

  @Test
  void imagesOfThePlan_areEnough_andHardlyFewerAre() {
    Noise noise = noise(0.01, Optional.empty());
    int images = number(new Planner(LEVEL, noise).plan(0.1), "images");
    assertThat(images).isBetween(9_000, 11_000);
    assertThat(reach(noise.with(images / 1000.0, 1))).isLessThanOrEqualTo(0.1);
    assertThat(reach(noise.with(images / 1000.0 - 0.01, 1))).isGreaterThan(0.1);
  }

  @Test
  void seedsOfThePlan_areEnough_andOneFewerAreNot() {
    Noise noise = noise(1e-4, Optional.of(new Spread(0.1, 3)));
    int seeds = number(new Planner(LEVEL, noise).plan(0.1), "seeds");
    assertThat(reach(noise.with(1, seeds))).isLessThanOrEqualTo(0.1);
    assertThat(reach(noise.with(1, seeds - 1))).isGreaterThan(0.1);
  }

  @Test
  void bothMayBeNeeded_orNothingHelps() {
    Noise noise = noise(0.01, Optional.of(new Spread(0.1, 3)));
    String plan = new Planner(LEVEL, noise).plan(0.1);
    int seeds = number(plan, "seeds");
    assertThat(reach(noise.with(number(plan, "images") / 1000.0, seeds))).isLessThanOrEqualTo(0.1);
    assertThat(new Planner(LEVEL, noise).plan(1e-6)).startsWith("nothing within 1000 times");
  }
}
