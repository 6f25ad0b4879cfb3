package dev.vernier.harness.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final CellPlan PLAN = new CellPlan("a", "A", "none", Map.of(), Map.of(), 1);

  @TempDir private Path folder;

  private static Cell finished() {
    return new Cell(
        ResultFiles.SCHEMA_VERSION,
        PLAN.id(),
        PLAN.method(),
        PLAN.tokenizer(),
        PLAN.settings(),
        PLAN.training(),
        null,
        PLAN.seed(),
        null,
        Cell.Status.FINISHED,
        null,
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        Map.of(),
        Map.of());
  }

  private void assertRefused(Path path) {
    assertThatThrownBy(new RunFolder(path)::refuseOthers)
        .isInstanceOf(UsageException.class)
        .hasMessage(path + " holds something else already: choose another --out");
  }

  @Test
  void foldersOfOthers_areRefused() throws IOException {
    Files.createDirectories(folder.resolve("cells"));
    assertRefused(folder);
    Path mine = Files.createDirectories(folder.resolve("mine"));
    Files.writeString(mine.resolve("results.csv"), "mine");
    assertRefused(mine);
  }

  @Test
  void runThatWasCutShort_goesOn_andWhatIsNoPartOfItIsRefused() throws IOException {
    RunFolder run = new RunFolder(folder);
    run.refuseOthers();
    run.lock().close();
    run.refuseOthers();
    Files.createDirectories(run.nets());
    run.write(PLAN);
    run.refuseOthers();
    Path file = Files.writeString(folder.resolve("mine.txt"), "mine");
    assertRefused(folder);
    Files.delete(file);
    run.refuseOthers();
  }

  private void assertUnfinished(boolean unfinished) throws IOException {
    RunFolder run = new RunFolder(folder);
    if (unfinished) {
      run.requireUnfinished("score");
    } else {
      assertThatThrownBy(() -> run.requireUnfinished("score"))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("holds a run already");
    }
  }

  @Test
  void runOfTheSameExperiment_goesOnUntilItIsReported() throws IOException {
    RunFolder run = new RunFolder(folder);
    assertUnfinished(true);
    run.lock().close();
    Files.writeString(
        ResultFiles.runFile(folder),
        """
        {"schemaVersion": 1, "experiment": "score", "cells": ["a"],
         "provenance": {"version": "0.1.0", "commit": "abc"}}
        """);
    assertThatThrownBy(() -> run.requireUnfinished("compare"))
        .isInstanceOf(UsageException.class)
        .hasMessage(folder + " holds a run of score already: choose another --out");
    assertUnfinished(true);
    ResultFiles.write(folder, finished());
    assertUnfinished(true);
    Files.createFile(run.table());
    assertUnfinished(false);
    Files.writeString(ResultFiles.cellFile(folder, "a"), "{");
    assertUnfinished(true);
    ResultFiles.write(folder, CellRunner.failed(PLAN, "lost"));
    assertUnfinished(true);
  }

  @Test
  void cellThatCouldNotBeRun_fails() throws IOException {
    new RunFolder(folder).fail(PLAN, "lost");
    assertThat(ResultFiles.readCell(folder, "a").error()).isEqualTo("lost");
  }

  @Test
  void cellThatHasItsNumbers_keepsThem() throws IOException {
    ResultFiles.write(folder, finished());
    new RunFolder(folder).fail(PLAN, "lost");
    assertThat(ResultFiles.readCell(folder, "a").status()).isEqualTo(Cell.Status.FINISHED);
  }

  /** On a folder that machines share, the number of a process alone names none. */
  @Test
  @SuppressWarnings("try") // the lock is held, never used
  void folderInUse_namesTheProcessAndItsMachine() throws IOException {
    RunFolder run = new RunFolder(folder);
    String owner =
        "process "
            + ProcessHandle.current().pid()
            + " on "
            + InetAddress.getLocalHost().getHostName();
    try (RunFolder.Lock held = run.lock()) {
      assertThatThrownBy(run::lock)
          .isInstanceOf(UsageException.class)
          .hasMessage(
              folder + " is in use by " + owner + ": wait until it ends, or choose another --out");
    }
    run.lock().close();
  }

  @Test
  void folderInUse_canBeWaitedFor_andItsOwnerIsToldOnce() throws IOException {
    RunFolder run = new RunFolder(folder);
    RunFolder.Lock held = run.lock();
    List<String> owners = new ArrayList<>();
    AtomicInteger tries = new AtomicInteger();
    Runnable between =
        () -> {
          if (tries.incrementAndGet() == 2) {
            release(held);
          }
        };
    RunFolder.Lock own = run.lock(owners::add, between);
    assertThat(owners)
        .singleElement()
        .asString()
        .startsWith("process " + ProcessHandle.current().pid() + " on ");
    assertThat(tries).hasValue(2);
    release(own);
    release(run.lock(owners::add, Assertions::fail));
    assertThat(owners).hasSize(1);
  }

  @Test
  void whoTakesTheFolder_clearsWhatKilledWritersLeft_butNotOfCells() throws IOException {
    RunFolder run = new RunFolder(folder);
    run.lock().close();
    List<Path> left = new ArrayList<>();
    for (Path each : List.of(folder, run.nets(), run.report(), run.cell("a"))) {
      Files.createDirectories(each);
      left.add(Files.createFile(each.resolve("run.json." + UUID.randomUUID() + ".part")));
    }
    run.lock().close();
    assertThat(left).filteredOn(Files::exists).containsExactly(left.get(3));
  }

  private static void release(RunFolder.Lock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
