package dev.vernier.harness.runs;

import dev.vernier.records.RunRecord;
import dev.vernier.records.RunRecord.Provenance;
import java.util.List;
import java.util.Optional;

/**
 * Where the numbers of a run come from, as its record says it.
 *
 * @param last code, machine and time of the last session that had cells to run
 * @param earlier those of sessions before it that differ in more than time
 */
record Sessions(Provenance last, List<Provenance> earlier) {
  /** A run that begins now. */
  static Sessions begun(Provenance now) {
    return new Sessions(now, List.of());
  }

  /**
   * A run that goes on now. A session like one before it counts as the same, which then began
   * earlier; one that finds nothing to do leaves no trace.
   *
   * @param work whether there are cells to run
   */
  static Sessions resumed(RunRecord before, Provenance now, boolean work) {
    if (!work) {
      return new Sessions(before.provenance(), before.earlier());
    }
    String started =
        before.provenances().stream()
            .filter(now::alike)
            .findFirst()
            .flatMap(each -> Optional.ofNullable(each.started()))
            .orElse(now.started());
    List<Provenance> others =
        before.provenances().stream().filter(each -> !each.alike(now)).toList();
    return new Sessions(now.at(started, null), others);
  }
}
