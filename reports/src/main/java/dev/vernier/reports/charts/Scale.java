package dev.vernier.reports.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an axis says: its label, the numbers it spans, how they are spaced and where its ticks are.
 *
 * @param label what the numbers are
 * @param spacing how they are spaced
 * @param low the number at its start, above 0 where the spacing is logarithmic
 * @param high the number at its end, above {@code low}
 */
public record Scale(String label, Spacing spacing, double low, double high) {
  /** How numbers are spaced, and which of them get a tick. */
  public enum Spacing {
    /** Evenly, ticks at 1, 2 or 5 times a power of ten. */
    LINEAR,
    /** Evenly, ticks at integers. */
    INTEGERS,
    /** By their logarithm, ticks at powers of two. */
    POWERS_OF_TWO,
    /** By their logarithm, ticks at powers of ten, at 2 and 5 times of them where there is room. */
    DECADES;

    boolean logarithmic() {
      return this == POWERS_OF_TWO || this == DECADES;
    }
  }

  /** What the outermost numbers keep from the ends, as a share of the span. */
  private static final double MARGIN = 0.08;

  private static final int[] STEPS = {1, 2, 5};
  private static final int FINEST = 2;
  private static final int MOST_TICKS = 50;

  /**
   * A tick.
   *
   * @param at its number
   * @param text what stands at it, thousands separated
   */
  public record Tick(double at, String text) {}

  /** A scale that shows all of the numbers, at least one. */
  public static Scale covering(String label, Spacing spacing, DoubleStream numbers) {
    double[] sorted = numbers.sorted().toArray();
    double least = sorted[0];
    double most = sorted[sorted.length - 1];
    if (spacing.logarithmic()) {
      // Half an octave on either side holds a power of two.
      double leastRatio = spacing == Spacing.POWERS_OF_TWO ? Math.sqrt(2) : 1.1;
      double ratio = Math.max(leastRatio, Math.pow(most / least, MARGIN));
      return new Scale(label, spacing, least / ratio, most * ratio);
    }
    double smallest = spacing == Spacing.INTEGERS ? 0.5 : 0.05 * Math.max(1e-9, Math.abs(most));
    double margin = Math.max(MARGIN * (most - least), most == least ? smallest : 0);
    margin = spacing == Spacing.INTEGERS ? Math.max(smallest, margin) : margin;
    return new Scale(label, spacing, least - margin, most + margin);
  }

  /** Where a number stands: 0 at the start of the axis, 1 at its end. */
  public double position(double number) {
    return spacing.logarithmic()
        ? Math.log(number / low) / Math.log(high / low)
        : (number - low) / (high - low);
  }

  /** The number at a position, the inverse of {@link #position}. */
  double number(double position) {
    return spacing.logarithmic()
        ? low * Math.pow(high / low, position)
        : low + position * (high - low);
  }

  /**
   * The finest ticks whose labels keep apart.
   *
   * @param extent how much room the label needs, as a share of the axis
   */
  public List<Tick> ticks(ToDoubleFunction<String> extent) {
    return candidates()
        .filter(ticks -> !ticks.isEmpty() && fits(ticks, extent))
        .findFirst()
        .orElseGet(() -> candidates().reduce((finer, coarser) -> coarser).orElseThrow());
  }

  private boolean fits(List<Tick> ticks, ToDoubleFunction<String> extent) {
    return IntStream.range(1, ticks.size())
        .allMatch(
            i -> {
              Tick before = ticks.get(i - 1);
              Tick tick = ticks.get(i);
              double needed =
                  (extent.applyAsDouble(before.text()) + extent.applyAsDouble(tick.text())) / 2;
              return position(tick.at()) - position(before.at()) >= needed;
            });
  }

  /** Ticks from the finest to the coarsest. */
  private Stream<List<Tick>> candidates() {
    return switch (spacing) {
      case LINEAR, INTEGERS -> steps();
      case POWERS_OF_TWO -> IntStream.rangeClosed(1, 64).mapToObj(every -> powers(2, every));
      case DECADES ->
          high / low < 10
              ? steps()
              : Stream.concat(
                  Stream.of(digits()), IntStream.rangeClosed(1, 64).mapToObj(e -> powers(10, e)));
    };
  }

  private Stream<List<Tick>> steps() {
    int size = (int) Math.floor(Math.log10(high - low));
    return IntStream.rangeClosed(size - FINEST, size + 1)
        .filter(exponent -> spacing != Spacing.INTEGERS || exponent >= 0)
        .boxed()
        .flatMap(
            exponent ->
                IntStream.of(STEPS)
                    .filter(step -> (high - low) / (step * Math.pow(10, exponent)) < MOST_TICKS)
                    .mapToObj(step -> multiples(step, exponent)));
  }

  private List<Tick> multiples(int step, int exponent) {
    List<Tick> ticks = new ArrayList<>();
    double unit = Math.pow(10, Math.abs(exponent));
    double by = exponent < 0 ? step / unit : step * unit;
    for (long i = (long) Math.ceil(low / by); i * by <= high; i++) {
      double at = exponent < 0 ? i * step / unit : i * step * unit;
      ticks.add(new Tick(at, text(at, Math.max(0, -exponent))));
    }
    return ticks;
  }

  /** Powers whose exponent is a multiple, or else the first of them that is on the axis. */
  private List<Tick> powers(int base, int every) {
    int first = (int) Math.ceil(Math.log(low) / Math.log(base) - 1e-9);
    int last = (int) Math.floor(Math.log(high) / Math.log(base) + 1e-9);
    int start = (int) Math.ceil((double) first / every) * every;
    return IntStream.iterate(start <= last ? start : first, i -> i <= last, i -> i + every)
        .mapToObj(exponent -> power(base, exponent, 1))
        .toList();
  }

  private List<Tick> digits() {
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.floor(Math.log10(high));
    return IntStream.rangeClosed(first, last)
        .boxed()
        .flatMap(exponent -> IntStream.of(STEPS).mapToObj(step -> power(10, exponent, step)))
        .filter(tick -> tick.at() >= low && tick.at() <= high)
        .toList();
  }

  private static Tick power(int base, int exponent, int times) {
    double at = exponent < 0 ? times / Math.pow(base, -exponent) : times * Math.pow(base, exponent);
    return new Tick(at, text(at, Math.max(0, -exponent)));
  }

  private static String text(double number, int decimals) {
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", number);
    return text.matches("-0\\.?0*") ? text.substring(1) : text.replace("-", "\u2212");
  }
}
