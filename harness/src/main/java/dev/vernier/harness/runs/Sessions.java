package dev.vernier.harness.runs;

import dev.vernier.records.RunRecord;
import dev.vernier.records.RunRecord.Provenance;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the numbers of a run come from, as its record says it.
 *
 * @param last code, machine and time of the last session that had cells to run
 * @param earlier those of sessions before it that differ in more than time
 * @param commands the command lines of all of them, each once
 */
record Sessions(Provenance last, List<Provenance> earlier, List<String> commands) {
  /** A run that begins now. */
  static Sessions begun(Provenance now, String command) {
    return new Sessions(now, List.of(), List.of(command));
  }

  /**
   * The same where a run goes on that was begun before. A session like one before it counts as the
   * same, which then began earlier; one that finds nothing to do leaves no trace.
   *
   * @param work whether there are cells to run
   */
  Sessions resuming(RunRecord before, boolean work) {
    if (!work) {
      return new Sessions(before.provenance(), before.earlier(), before.commands());
    }
    String started =
        before.provenances().stream()
            .filter(last::alike)
            .findFirst()
            .flatMap(each -> Optional.ofNullable(each.started()))
            .orElse(last.started());
    List<Provenance> others =
        before.provenances().stream().filter(each -> !each.alike(last)).toList();
    return new Sessions(
        last.at(started, null),
        others,
        Stream.concat(before.commands().stream(), commands.stream()).distinct().toList());
  }
}
