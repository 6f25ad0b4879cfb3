package dev.vernier.reports.figures;

import dev.vernier.records.CellFile;
import dev.vernier.records.CodeMap;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.Line;
import dev.vernier.reports.charts.LineStyles;
import dev.vernier.reports.charts.Method;
import dev.vernier.reports.charts.Panel;
import dev.vernier.reports.charts.Scale;
import dev.vernier.reports.comparison.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the codes of each sub-codebook lie in a plane, in the colours of the classes, of each
 * method at its largest size and lowest seed.
 */
final class CodeMapFigure {
  /** So many classes can be told apart by colour; the others are grey. */
  private static final int COLOURED = 8;

  private static final Method OTHERS = new Method("other classes", "", Method.Origin.REST);
  private static final Method ALL = new Method("codes", "", Method.Origin.REST);

  private final List<Mapped> all;
  private final String missing;
  private final List<Method> classes;

  private CodeMapFigure(List<Mapped> all, String missing) {
    this.all = all;
    this.missing = missing;
    this.classes =
        mostFrequent(all).stream()
            .map(label -> new Method(label, label, Method.Origin.MEASURED))
            .toList();
  }

  /** The map of a sub-codebook of a cell. */
  private record Mapped(Row row, String method, CodeMap.Book book, boolean only) {
    String title() {
      return only ? row.label() : row.label() + ", " + book.name();
    }
  }

  /** The figure, where codes were laid out. */
  static Optional<Figure> of(Measurements measured) throws IOException {
    BesideCells<CodeMap> beside = BesideCells.read(CellFile.CODE_MAP, measured);
    List<Mapped> all = new ArrayList<>();
    beside
        .records()
        .forEach(
            (row, map) -> {
              boolean only = map.books().size() == 1;
              map.books().forEach(book -> all.add(new Mapped(row, map.method(), book, only)));
            });
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new CodeMapFigure(all, beside.missing()).figure(measured));
  }

  /** The classes that most codes have, in the order of their names. */
  private static List<String> mostFrequent(List<Mapped> all) {
    Map<String, Integer> codes = new HashMap<>();
    for (Mapped each : all) {
      for (CodeMap.Code code : each.book().codes()) {
        if (code.label() != null) {
          codes.merge(code.label(), 1, Integer::sum);
        }
      }
    }
    return codes.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(COLOURED)
        .map(Map.Entry::getKey)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private Figure figure(Measurements measured) {
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      panels.add(panel(String.valueOf(i + 1), all.get(i)));
    }
    return measured.figure(
        "codes-by-class",
        classes.isEmpty() ? "Codes" : "Codes by class",
        "The vectors of the codes of each codebook, laid out so that near ones lie near each other"
            + " ("
            + all.stream().map(Mapped::method).distinct().collect(Collectors.joining("; "))
            + ")"
            + (classes.isEmpty()
                ? ""
                : ", in the colour of the class in whose images each code occurs most often")
            + ". Axes have no unit, and distances between groups no meaning. "
            + measured.dataset()
            + " "
            + all.stream().map(CodeMapFigure::words).collect(Collectors.joining("; ", "", "."))
            + missing,
        panels,
        LineStyles.of(classes));
  }

  private static String words(Mapped each) {
    CodeMap.Book book = each.book();
    OptionalDouble share =
        book.codes().stream()
            .filter(code -> code.share() != null)
            .mapToDouble(CodeMap.Code::share)
            .average();
    String inClass =
        share.isPresent()
            ? "%.0f%% of a code's occurrences in its class on average, "
                .formatted(100 * share.getAsDouble())
            : "";
    return "%s, %s: %,d of %,d codes occur, %,d shown, %sdivergence %.2f nats"
        .formatted(
            each.title(),
            each.row().lowestSeed().seedWords(),
            book.distinct(),
            book.size(),
            book.codes().size(),
            inClass,
            book.divergence());
  }

  private Panel panel(String id, Mapped mapped) {
    List<CodeMap.Code> codes = mapped.book().codes();
    Map<String, List<CodeMap.Code>> byClass =
        codes.stream().collect(Collectors.groupingBy(code -> String.valueOf(code.label())));
    List<String> coloured = classes.stream().map(Method::label).toList();
    List<Line.Point> others =
        byClass.entrySet().stream()
            .filter(each -> !coloured.contains(each.getKey()))
            .flatMap(each -> points(each.getValue()))
            .toList();
    List<Line> lines = new ArrayList<>();
    if (!others.isEmpty()) {
      lines.add(new Line(classes.isEmpty() ? ALL : OTHERS, "", Line.Form.CLOUD, others));
    }
    for (Method each : classes) {
      List<Line.Point> own = points(byClass.getOrDefault(each.label(), List.of())).toList();
      if (!own.isEmpty()) {
        lines.add(new Line(each, "", Line.Form.CLOUD, own));
      }
    }
    return Panel.spanning(
        id,
        mapped.title(),
        new Panel.Quantity("t-SNE, first axis", Scale.Spacing.LINEAR),
        new Panel.Quantity("t-SNE, second axis", Scale.Spacing.LINEAR),
        lines);
  }

  private static Stream<Line.Point> points(List<CodeMap.Code> codes) {
    return codes.stream().map(code -> Line.Point.of(code.x(), code.y()));
  }
}
