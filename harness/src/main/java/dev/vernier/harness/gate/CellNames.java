package dev.vernier.harness.gate;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What cells are called, and by what they are known again: the method, its settings that are not
 * the same in all cells of the method, and the seed. Settings that do not tell cells apart may
 * change with the code that is under test; so may hashes of cells.
 */
final class CellNames {
  private final List<GateCell> cells;

  CellNames(Collection<GateCell> cells) {
    this.cells = List.copyOf(cells);
  }

  /** Such as {@code VQGAN, codebook-size=1024, seed 1}. */
  String of(GateCell cell) {
    return withoutSeed(cell) + (cell.trained() ? ", seed " + cell.seed() : "");
  }

  /** The same for all seeds. */
  String withoutSeed(GateCell cell) {
    String settings =
        telling(cell.method()).stream()
            .filter(cell.settings()::containsKey)
            .map(key -> ", " + key + "=" + cell.settings().get(key))
            .collect(Collectors.joining());
    return cell.method() + settings;
  }

  /** The cells that another one is known in: none, one, or some that it does not tell apart. */
  List<GateCell> alike(GateCell other, CellNames others) {
    return trainings(other, others).stream()
        .filter(each -> Objects.equals(each.seed(), other.seed()))
        .toList();
  }

  /** The cells that differ from another one in the seed at most. */
  List<GateCell> trainings(GateCell other, CellNames others) {
    Set<String> keys = new TreeSet<>(telling(other.method()));
    keys.addAll(others.telling(other.method()));
    return cells.stream()
        .filter(each -> each.method().equals(other.method()))
        .filter(each -> each.trained() == other.trained())
        .filter(
            each ->
                keys.stream()
                    .allMatch(
                        key -> Objects.equals(each.settings().get(key), other.settings().get(key))))
        .toList();
  }

  /** The settings that are not the same in all cells of a method. */
  private Set<String> telling(String method) {
    List<GateCell> same = cells.stream().filter(each -> each.method().equals(method)).toList();
    Set<String> keys = new TreeSet<>();
    same.forEach(each -> keys.addAll(each.settings().keySet()));
    keys.removeIf(
        key -> {
          Set<String> values = new HashSet<>();
          same.forEach(each -> values.add(each.settings().get(key)));
          return values.size() == 1;
        });
    return keys;
  }
}
