package dev.vernier.harness.runs;

import dev.vernier.harness.machine.Machine;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.records.RunRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A run without cells of its own: finished runs, compared. */
public final class ComparisonRun {
  private ComparisonRun() {}

  /**
   * Writes its record.
   *
   * @param compared at least one; what all of them have in common is the record's, too
   * @param command what the user wrote
   */
  public static Run write(
      RunFolder folder, String name, String title, List<Run> compared, String command)
      throws IOException {
    Map<String, Map<String, String>> protocols = new LinkedHashMap<>();
    compared.forEach(run -> protocols.putAll(run.record().protocols()));
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    RunRecord record =
        new RunRecord(
            ResultFiles.SCHEMA_VERSION,
            name,
            title,
            null,
            Map.of(),
            Map.of(),
            List.of(),
            common(compared, RunRecord::dataset),
            common(compared, RunRecord::features),
            Map.of(),
            protocols,
            Map.of(),
            // Nothing was measured, so no number depends on the machine.
            new RunRecord.Provenance(
                Machine.version(),
                Machine.commit(),
                Map.of(),
                null,
                Map.of(),
                Machine.jvm(),
                now,
                now),
            List.of(),
            List.of(command),
            List.of(),
            List.of(),
            null,
            Map.of());
    ResultFiles.write(folder.path(), record);
    return new Run(folder.path(), record, List.of());
  }

  private static <T> T common(List<Run> runs, Function<RunRecord, T> part) {
    T first = part.apply(runs.get(0).record());
    return runs.stream().allMatch(run -> first != null && first.equals(part.apply(run.record())))
        ? first
        : null;
  }
}
