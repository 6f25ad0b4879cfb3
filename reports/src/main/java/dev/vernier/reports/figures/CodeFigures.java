package dev.vernier.reports.figures;

import dev.vernier.records.CellFile;
import dev.vernier.records.CodeFrequencies;
import dev.vernier.records.CodebookUse;
import dev.vernier.records.MetricKind;
import dev.vernier.reports.charts.Figure;
import dev.vernier.reports.charts.Line;
import dev.vernier.reports.charts.Panel;
import dev.vernier.reports.charts.Scale;
import dev.vernier.reports.comparison.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** How codes are used, of each method at its largest size and lowest seed. */
final class CodeFigures {
  /** Fewer tokens say nothing on a codebook of any size. */
  private static final long FIRST = 10;

  private static final Panel.Quantity TOKENS =
      new Panel.Quantity("Number of tokens", Scale.Spacing.DECADES);

  private final Measurements measured;
  private final List<Counted> all;
  private final String missing;

  private CodeFigures(Measurements measured, List<Counted> all, String missing) {
    this.measured = measured;
    this.all = all;
    this.missing = missing;
  }

  /** The codes of a cell. */
  private record Counted(Row row, CodeFrequencies frequencies) {
    List<CodeFrequencies.Book> subCodebooks() {
      return frequencies.books().stream()
          .filter(book -> !book.name().equals(CodebookUse.JOINT))
          .toList();
    }

    /** Of the tuples of all sub-codebooks, or of the only one. */
    CodeFrequencies.Book tokens() {
      return frequencies.books().get(frequencies.books().size() - 1);
    }
  }

  /** Reads what cells keep of their codes. */
  static CodeFigures of(Measurements measured) throws IOException {
    BesideCells<CodeFrequencies> beside = BesideCells.read(CellFile.CODES, measured);
    List<Counted> all = new ArrayList<>();
    beside
        .records()
        .forEach(
            (row, each) -> {
              if (!each.books().isEmpty()) {
                all.add(new Counted(row, each));
              }
            });
    return new CodeFigures(measured, all, beside.missing());
  }

  /** Usage against the number of tokens counted; nothing where these are too few for a curve. */
  Optional<Figure> rarefaction() {
    List<Counted> curved =
        all.stream()
            .filter(each -> each.tokens().drawn().stream().anyMatch(drawn -> drawn >= FIRST))
            .toList();
    return curved.isEmpty()
        ? Optional.empty()
        : Optional.of(
            measured.figure(
                "rarefaction",
                "Codes in use against the number of tokens",
                "How many codes are expected among fewer tokens, drawn without replacement"
                    + " (Hurlbert 1971), to the number that was counted: a curve that still rises"
                    + " at its end reflects the number of images more than the codebook. Usage: share of"
                    + " the entries of all sub-codebooks. Distinct tokens: of factorized codebooks"
                    + " the tuples of all sub-codebooks. "
                    + cells(),
                List.of(
                    Panel.spanning(
                        MetricKind.USAGE.key(),
                        "",
                        TOKENS,
                        new Panel.Quantity("Codebook usage (%) ↑", Scale.Spacing.LINEAR),
                        curved.stream().map(this::usage).toList()),
                    Panel.spanning(
                        "tokens",
                        "",
                        TOKENS,
                        new Panel.Quantity("Distinct tokens", Scale.Spacing.DECADES),
                        curved.stream().map(this::distinct).toList()))));
  }

  private Line usage(Counted counted) {
    List<CodeFrequencies.Book> books = counted.subCodebooks();
    double size = books.stream().mapToDouble(CodeFrequencies.Book::size).sum();
    return curve(
        counted,
        books.get(0),
        i -> 100 * books.stream().mapToDouble(book -> book.distinct().get(i)).sum() / size);
  }

  private Line distinct(Counted counted) {
    return curve(counted, counted.tokens(), counted.tokens().distinct()::get);
  }

  private Line curve(Counted counted, CodeFrequencies.Book book, ToDoubleFunction<Integer> number) {
    List<Line.Point> points =
        IntStream.range(0, book.drawn().size())
            .filter(i -> book.drawn().get(i) >= FIRST)
            .mapToObj(i -> Line.Point.of(book.drawn().get(i), number.applyAsDouble(i)))
            .toList();
    return new Line(measured.method(counted.row()), "", Line.Form.CURVE, points);
  }

  /** How often codes occurred, by their rank. */
  Optional<Figure> frequencies() {
    List<Panel> panels = new ArrayList<>();
    frequencies("single", "One codebook", all.stream().filter(c -> !isFactorized(c)).toList())
        .ifPresent(panels::add);
    frequencies("factorized", "Sub-codebooks", all.stream().filter(this::isFactorized).toList())
        .ifPresent(panels::add);
    return panels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            measured.figure(
                "frequencies",
                "Frequencies of codes by rank",
                "Share of the tokens that each code has, the most frequent one first, for every"
                    + " codebook: a level line means that all codes are used equally, and a line ends"
                    + " where codes do not occur. "
                    + cells(),
                panels));
  }

  private boolean isFactorized(Counted counted) {
    return counted.subCodebooks().size() > 1;
  }

  private Optional<Panel> frequencies(String id, String title, List<Counted> counted) {
    List<Line> lines =
        counted.stream()
            .flatMap(each -> each.subCodebooks().stream().map(book -> ranks(each, book)))
            .toList();
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Panel.spanning(
                id,
                title,
                new Panel.Quantity("Rank of the code", Scale.Spacing.DECADES),
                new Panel.Quantity("Share of tokens (%)", Scale.Spacing.DECADES),
                lines));
  }

  private Line ranks(Counted counted, CodeFrequencies.Book book) {
    List<Line.Point> points =
        IntStream.range(0, book.ranks().size())
            .mapToObj(
                i ->
                    Line.Point.of(
                        book.ranks().get(i), 100.0 * book.counts().get(i) / book.tokens()))
            .toList();
    String part = isFactorized(counted) ? book.name() : "";
    return new Line(measured.method(counted.row()), part, Line.Form.CURVE, points);
  }

  private String cells() {
    return measured.dataset()
        + " Each method at its largest size: "
        + Captions.cells(all.stream().map(Counted::row).toList())
        + missing;
  }
}
