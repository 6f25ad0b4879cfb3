package dev.vernier.harness.gate;

import java.math.BigDecimal;
import java.math.MathContext;

/** Changes, tolerances and noise as people read them: more digits say nothing. */
final class ThreeDigits {
  private static final double SMALLEST = 1e-6;

  private ThreeDigits() {}

  static String of(double number) {
    if (Math.abs(number) < SMALLEST) {
      return "0";
    }
    return new BigDecimal(number).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
