package dev.vernier.harness.gate;

import dev.vernier.reports.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A result as rows of text: what was judged, then in lines what is to be said of it. */
public final class GateTable {
  /** More of them would bury the rest. */
  private static final int NAMED = 4;

  private final GateResult result;

  /** The table of a result. */
  public GateTable(GateResult result) {
    this.result = result;
  }

  /** The header, then a row for each comparison that was judged. */
  public List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "cell",
            "metric",
            "baseline",
            "now",
            "change",
            "tolerance",
            "noise",
            "detects",
            "verdict"));
    result.comparisons().stream()
        .filter(each -> each.verdict() != Verdict.REPORTED)
        .map(GateTable::row)
        .forEach(rows::add);
    return rows;
  }

  private static List<String> row(Comparison each) {
    int decimals = decimals(each);
    return List.of(
        each.cell(),
        each.metric(),
        each.baseline().map(number -> NumberText.of(number, decimals)).orElse("-"),
        each.now().map(number -> NumberText.of(number, decimals)).orElse("-"),
        each.change().map(change -> (change > 0 ? "+" : "") + ThreeDigits.of(change)).orElse("-"),
        small(each.tolerance(), ""),
        small(each.noise(), "±"),
        small(each.detects(), ""),
        verdict(each));
  }

  /** A pass for another reason than tolerance and noise says which; lines explain what fails. */
  private static String verdict(Comparison each) {
    String words = each.verdict().words();
    return each.verdict() == Verdict.PASS && !each.reason().isEmpty()
        ? words + ": " + each.reason()
        : words;
  }

  private static int decimals(Comparison each) {
    return NumberText.decimals(each.baseline().or(each::now).orElse(0.0));
  }

  private static String small(Optional<Double> number, String sign) {
    return number.map(each -> sign + ThreeDigits.of(each)).orElse("-");
  }

  /** Why each one that is not passed is not, and what else there is to know. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Comparison each : result.comparisons()) {
      if (each.verdict() == Verdict.FAIL || each.verdict().unmeasured() || each.improved()) {
        String verdict = each.improved() ? "better" : each.verdict().words();
        lines.add(verdict + ": " + each.metric() + " of " + each.cell() + ": " + each.reason());
      }
    }
    lines.addAll(reported());
    result.notes().forEach(note -> lines.add("note: " + note));
    return lines;
  }

  /** What no run can pass unless it has the same number, since its noise is wider. */
  public List<String> tooNoisy() {
    return result.comparisons().stream()
        .filter(each -> each.tolerance().isPresent() && each.noise().isPresent())
        .filter(each -> each.noise().get() > each.tolerance().get())
        .map(
            each ->
                "note: "
                    + each.metric()
                    + " of "
                    + each.cell()
                    + " differs by up to "
                    + ThreeDigits.of(each.noise().get())
                    + " by chance alone (other seeds, other images), more than its tolerance of "
                    + ThreeDigits.of(each.tolerance().get())
                    + ": the gate will call most changes of it inconclusive; widen the tolerance in"
                    + " the baseline, or measure more seeds or images")
        .toList();
  }

  /** What is not judged: how much of it changed, and what it was. */
  private List<String> reported() {
    List<Comparison> all = result.of(Verdict.REPORTED);
    if (all.isEmpty()) {
      return List.of();
    }
    List<Comparison> changed = all.stream().filter(Comparison::changed).toList();
    String names = some(changed.stream().map(GateTable::named).toList());
    long added = all.stream().filter(each -> each.baseline().isEmpty()).count();
    return List.of(
        "not judged: "
            + all.size()
            + " numbers, of which "
            + changed.size()
            + " changed"
            + (added > 0 ? " and " + added + " are new" : "")
            + (changed.isEmpty() ? "" : ": " + names));
  }

  /** A few names, and how many more there are. */
  static String some(List<String> names) {
    String more = names.size() > NAMED ? "; and " + (names.size() - NAMED) + " more" : "";
    return String.join("; ", names.subList(0, Math.min(NAMED, names.size()))) + more;
  }

  private static String named(Comparison each) {
    int decimals = decimals(each);
    return each.metric()
        + " of "
        + each.cell()
        + " "
        + NumberText.of(each.baseline().orElseThrow(), decimals)
        + " to "
        + NumberText.of(each.now().orElseThrow(), decimals);
  }
}
