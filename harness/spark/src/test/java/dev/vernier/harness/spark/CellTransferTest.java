package dev.vernier.harness.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.runs.RunFolder;
import dev.vernier.harness.spark.task.CellOutcome;
import dev.vernier.harness.spark.task.FileSet;
import dev.vernier.records.ResultFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CellTransferTest {
  private static final CellPlan PLAN = new CellPlan("a", "A", "none", Map.of(), Map.of(), 1);

  @TempDir private Path folder;

  /** As a network's file system may still show it where another machine has replaced it. */
  @Test
  void resultOfAnEarlierSession_isNotTakenForThatOfTheTask() throws Exception {
    new RunFolder(folder).fail(PLAN, "lost in the first session");
    byte[] result = "{}".getBytes(StandardCharsets.UTF_8);
    CellOutcome outcome =
        new CellOutcome.Done("there", new FileSet().add(CellOutcome.RESULT, result), new FileSet());
    CellTransfer transfer =
        new CellTransfer(null, new RunFolder(folder), Optional.empty(), true, Shipment.NOTHING);
    CompletableFuture<Void> received =
        CompletableFuture.runAsync(
            () -> {
              try {
                transfer.receive(PLAN, outcome);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    TimeUnit.MILLISECONDS.sleep(300);
    assertThat(received).isNotDone();
    Files.write(ResultFiles.cellFile(folder, PLAN.id()), result);
    received.join();
  }

  @Test
  void checkpointsFromBeforeTheCluster_goWhereTheResultIsThere() throws Exception {
    RunFolder run = new RunFolder(folder);
    Path checkpoint = Files.createDirectories(run.cell(PLAN.id()).resolve("state/step-000000005"));
    CellTransfer transfer = new CellTransfer(null, run, Optional.empty(), false, Shipment.NOTHING);
    transfer.receive(PLAN, outcome("FAILED"));
    assertThat(checkpoint).as("of a cell that failed").exists();
    transfer.receive(PLAN, outcome("FINISHED"));
    assertThat(run.finished(PLAN.id(), line -> {})).isPresent();
    assertThat(checkpoint).doesNotExist();
  }

  private static CellOutcome outcome(String status) {
    String cell =
        """
        {"schemaVersion": 1, "id": "a", "method": "A", "tokenizer": "none", "seed": 1, "status": "%s"}
        """
            .formatted(status);
    return new CellOutcome.Done(
        "there",
        new FileSet().add(CellOutcome.RESULT, cell.getBytes(StandardCharsets.UTF_8)),
        new FileSet());
  }

  @Test
  void curvesThatTravel_comeIntoTheFolderOfTheUser() throws Exception {
    byte[] result = "{}".getBytes(StandardCharsets.UTF_8);
    FileSet curves = new FileSet().add("A-8-seed-1-a/events", new byte[] {1});
    CellOutcome outcome =
        new CellOutcome.Done("there", new FileSet().add(CellOutcome.RESULT, result), curves);
    new CellTransfer(
            null,
            new RunFolder(folder.resolve("run")),
            Optional.of(folder.resolve("curves")),
            false,
            Shipment.NOTHING)
        .receive(PLAN, outcome);
    assertThat(folder.resolve("curves/A-8-seed-1-a/events")).hasBinaryContent(new byte[] {1});
    assertThat(ResultFiles.cellFile(folder.resolve("run"), PLAN.id())).hasContent("{}");
  }
}
