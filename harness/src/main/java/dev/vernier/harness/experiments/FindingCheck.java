package dev.vernier.harness.experiments;

import dev.vernier.records.Finding;
import dev.vernier.records.Finding.Place;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Refuses findings that no run of an experiment could decide, before any work. */
final class FindingCheck {
  /** What a check may be about: the keys of all metrics that are measured, and usage. */
  static final List<String> METRICS = MetricKind.comparable();

  private final YamlLines lines;
  private final List<String> methods;

  FindingCheck(YamlLines lines, List<String> methods) {
    this.lines = lines;
    this.methods = methods;
  }

  /**
   * Checks them all.
   *
   * @throws UsageException at the first that is wrong
   */
  void check(List<Finding> findings) {
    Map<String, Integer> names = new HashMap<>();
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      List<Object> at = List.of("findings", i);
      if (finding.name() == null || finding.claim() == null || finding.checks().isEmpty()) {
        throw lines.wrong(at, "every finding needs 'name', 'claim' and 'checks'");
      }
      if (finding.source() != null && finding.source().isBlank()) {
        throw lines.wrong(
            YamlLines.then(at, "source"),
            "'source' of finding "
                + finding.name()
                + " is blank: say who found it, or leave it out");
      }
      Integer first = names.putIfAbsent(finding.name(), i);
      if (first != null) {
        throw lines.wrong(
            YamlLines.then(at, "name"),
            "two findings are called '"
                + finding.name()
                + "', the first in line "
                + lines.line(List.of("findings", first, "name"))
                + ": rename one of them");
      }
      for (int j = 0; j < finding.checks().size(); j++) {
        check(finding.name(), finding.checks().get(j), List.of("findings", i, "checks", j));
      }
    }
  }

  private void check(String finding, Finding.Check check, List<Object> at) {
    if (check.metric() == null || check.method() == null) {
      throw lines.wrong(at, "every check of finding " + finding + " needs 'metric' and 'method'");
    }
    if (!check.hasOneOther()) {
      throw lines.wrong(
          at,
          "a check of finding "
              + finding
              + " needs one of 'lower-than' and 'higher-than': a method or a number");
    }
    refuseUnknown("metric", finding, check.metric(), METRICS, YamlLines.then(at, "metric"));
    refuseUnknown("method", finding, check.method(), methods, YamlLines.then(at, "method"));
    if (check.bound().isEmpty()) {
      String key = check.lowerThan() == null ? "higher-than" : "lower-than";
      refuseUnknown("method", finding, check.other(), methods, YamlLines.then(at, key));
    }
    if (check.otherAt() == Place.EVERY_SIZE) {
      throw lines.wrong(
          YamlLines.then(at, "other-at"),
          "'other-at' of finding " + finding + " names one size; leave it out for the same size");
    }
    if (check.otherAt() != null && check.bound().isPresent()) {
      throw lines.wrong(
          YamlLines.then(at, "other-at"),
          "'other-at' of finding "
              + finding
              + " needs a method, a number has no size: leave it out");
    }
    boolean alone = check.otherAt() == null || check.otherAt() == check.at();
    if (alone && check.method().equals(check.other())) {
      throw lines.wrong(
          at,
          "finding "
              + finding
              + " compares "
              + check.method()
              + " with itself: say another size with 'other-at'");
    }
  }

  private void refuseUnknown(
      String kind, String finding, String name, List<String> known, List<Object> at) {
    if (!known.contains(name)) {
      throw lines.wrong(at, "finding " + finding + ": " + NearestName.unknown(kind, name, known));
    }
  }
}
