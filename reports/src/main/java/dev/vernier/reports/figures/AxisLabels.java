package dev.vernier.reports.figures;

import dev.vernier.records.Metric.Better;
import dev.vernier.records.MetricKind;
import dev.vernier.reports.comparison.MeasuredBy;

/** What stands at axes: the metric, its unit, and an arrow in the direction that is better. */
final class AxisLabels {
  private AxisLabels() {}

  /** Of a metric as a protocol computes it, such as {@code PSNR (dB) ↑}. */
  static String of(MeasuredBy metric) {
    String unit =
        metric.key().equals(MetricKind.PSNR.key()) ? metric.label() + " (dB)" : metric.label();
    return with(metric.better(), unit);
  }

  /** Some words with the arrow of a direction. */
  static String with(Better better, String words) {
    return switch (better) {
      case HIGHER -> words + " ↑";
      case LOWER -> words + " ↓";
      case NEITHER -> words;
    };
  }
}
