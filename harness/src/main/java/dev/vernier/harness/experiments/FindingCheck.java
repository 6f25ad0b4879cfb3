package dev.vernier.harness.experiments;

import dev.vernier.records.Finding;
import dev.vernier.records.Finding.Place;
import dev.vernier.records.MetricKind;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses findings that no run of an experiment could decide, before any work. */
final class FindingCheck {
  /** What a check may be about: the keys of all metrics that are measured, and usage. */
  static final List<String> METRICS = MetricKind.comparable();

  private final String source;
  private final List<String> methods;

  FindingCheck(String source, List<String> methods) {
    this.source = source;
    this.methods = methods;
  }

  /**
   * Checks them all.
   *
   * @throws UsageException at the first that is wrong
   */
  void check(List<Finding> findings) {
    Set<String> names = new HashSet<>();
    for (Finding finding : findings) {
      if (finding.name() == null || finding.claim() == null || finding.checks().isEmpty()) {
        throw wrong("every finding needs 'name', 'claim' and 'checks'");
      }
      if (!names.add(finding.name())) {
        throw wrong("two findings are called '" + finding.name() + "': rename one of them");
      }
      finding.checks().forEach(check -> check(finding.name(), check));
    }
  }

  private void check(String finding, Finding.Check check) {
    if (check.metric() == null || check.method() == null) {
      throw wrong("every check of finding " + finding + " needs 'metric' and 'method'");
    }
    if ((check.lowerThan() == null) == (check.higherThan() == null)) {
      throw wrong(
          "a check of finding "
              + finding
              + " needs one of 'lower-than' and 'higher-than': a method or a number");
    }
    refuseUnknown("metric", finding, check.metric(), METRICS);
    refuseUnknown("method", finding, check.method(), methods);
    if (check.bound().isEmpty()) {
      refuseUnknown("method", finding, check.other(), methods);
    }
    if (check.otherAt() == Place.EVERY_SIZE) {
      throw wrong(
          "'other-at' of finding " + finding + " names one size; leave it out for the same size");
    }
    if (check.otherAt() != null && check.bound().isPresent()) {
      throw wrong(
          "'other-at' of finding "
              + finding
              + " needs a method, a number has no size: leave it out");
    }
    boolean alone = check.otherAt() == null || check.otherAt() == check.at();
    if (alone && check.method().equals(check.other())) {
      throw wrong(
          "finding "
              + finding
              + " compares "
              + check.method()
              + " with itself: say another size with 'other-at'");
    }
  }

  private void refuseUnknown(String kind, String finding, String name, List<String> known) {
    if (!known.contains(name)) {
      throw wrong("finding " + finding + ": " + NearestName.unknown(kind, name, known));
    }
  }

  private UsageException wrong(String what) {
    return new UsageException(source + ": " + what);
  }
}
