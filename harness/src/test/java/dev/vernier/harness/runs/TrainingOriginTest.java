package dev.vernier.harness.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.weights.SavedTokenizer;
import dev.vernier.records.Given;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.RunRecord;
import dev.vernier.spi.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingOriginTest {
  private static final CellPlan TRAINED =
      new CellPlan("a", "VQGAN", "vqgan", Map.of(), Map.of(), 3);
  private static final CellPlan GIVEN =
      new CellPlan("b", "Given", "vqgan", Map.of(), Map.of(), Given.weights("w", "hash"), 1, null);

  @TempDir private Path folder;
  private RunFolder run;
  private Path weights;

  @BeforeEach
  void write() throws IOException {
    run = new RunFolder(folder.resolve("run"));
    run.write(TRAINED);
    run.write(GIVEN);
    weights = Files.createDirectories(SavedTokenizer.ofCell(run.cell("a")));
    ResultFiles.write(
        run.path(),
        new RunRecord(
            ResultFiles.SCHEMA_VERSION,
            "mine",
            null,
            null,
            Map.of(),
            Map.of(),
            List.of(3L),
            new RunRecord.Dataset(
                "cifar10:data", "hash", ImageSize.square(32), 50, 10, 10, List.of()),
            null,
            Map.of(),
            Map.of(),
            Map.of(),
            new RunRecord.Provenance("0", "c0ffee", Map.of(), "cpu", Map.of(), "17", "now", null),
            List.of(),
            List.of(),
            List.of("a", "b"),
            List.of(),
            null,
            Map.of()));
  }

  @Test
  void weightsInTheirOwnCell_haveTheOriginThatItsRunRecords() {
    assertThat(TrainingOrigin.of(weights).orElseThrow().words())
        .isEqualTo("as VQGAN, seed 3, on the training images of cifar10:data");
    assertThat(TrainingOrigin.of(weights.resolve("../tokenizer"))).isPresent();
  }

  @Test
  void weightsElsewhere_haveNone() {
    assertThat(TrainingOrigin.of(folder.resolve("weights"))).isEmpty();
    assertThat(TrainingOrigin.of(run.path().resolve("weights"))).isEmpty();
    assertThat(TrainingOrigin.of(SavedTokenizer.ofCell(run.cell("b")))).isEmpty();
    assertThat(TrainingOrigin.of(SavedTokenizer.ofCell(run.cell("c")))).isEmpty();
  }

  @Test
  void recordsThatCannotBeRead_sayNothing() throws IOException {
    Files.writeString(run.planFile("a"), "{");
    assertThat(TrainingOrigin.of(weights)).isEmpty();
    Files.delete(run.planFile("a"));
    assertThat(TrainingOrigin.of(weights)).isEmpty();
    Files.writeString(ResultFiles.runFile(run.path()), "{");
    assertThat(TrainingOrigin.of(weights)).isEmpty();
  }
}
