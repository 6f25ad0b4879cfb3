package dev.vernier.harness.evaluation;

import dev.vernier.spi.LabelledImage;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the pairs of lowest PSNR that have passed by; of equal ones those that came first. */
final class WorstImages {
  /** How many are kept. */
  static final int KEPT = 12;

  private static final Comparator<Pair> WORST_FIRST =
      Comparator.comparingDouble(Pair::psnr).thenComparing(Pair::number);

  private final PriorityQueue<Pair> worst = new PriorityQueue<>(WORST_FIRST.reversed());
  private int added;

  private record Pair(double psnr, int number, LabelledImage real, LabelledImage back) {}

  void add(double psnr, LabelledImage real, LabelledImage back) {
    worst.add(new Pair(psnr, added++, real, back));
    if (worst.size() > KEPT) {
      worst.remove();
    }
  }

  /** The images, and below them what became of them; the worst one first. */
  List<List<LabelledImage>> rows() {
    List<Pair> sorted = worst.stream().sorted(WORST_FIRST).toList();
    return List.of(
        sorted.stream().map(Pair::real).toList(), sorted.stream().map(Pair::back).toList());
  }
}
