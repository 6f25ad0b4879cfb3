package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.ResultFiles;
import dev.vernier.records.RunRecord;
import dev.vernier.tests.onnx.PatchNet;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the record of a run says after another session went on with it. */
class ResumedRunTest {
  @TempDir static Path finished;
  @TempDir static Path data;

  @TempDir Path folder;
  private Program vernier;
  private List<String> command;
  private Path run;

  private static List<String> command() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "train", "--tokenizer", "vqgan", "--data", "cifar10:" + data, "--out", "./run"));
    command.addAll(
        Program.set(
            "channels=8",
            "z-channels=16",
            "groups=4",
            "codebook-size=8",
            "batch-size=4",
            "steps=1",
            "perceptual-weight=0",
            "bootstrap=0",
            "features=onnx",
            "features.file=./scorer.onnx"));
    return command;
  }

  @BeforeAll
  static void train() throws Exception {
    SmallData.cifar(data, 16, 8);
    PatchNet.random(4, 3).global(finished.resolve("scorer.onnx"), 1, 3, 32, 32);
    Outcome outcome = new Program(finished).runHere(command());
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  @BeforeEach
  void begin() throws Exception {
    FolderTree.copy(finished, folder);
    vernier = new Program(folder);
    run = folder.resolve("run");
    command = command();
    command.add("--resume");
  }

  private RunRecord resume() throws Exception {
    Outcome outcome = vernier.runHere(command);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return ResultFiles.read(run).record();
  }

  private void change(String part, String other) throws IOException {
    Path file = ResultFiles.runFile(run);
    String text = Files.readString(file);
    assertThat(text).contains(part);
    Files.writeString(file, text.replace(part, other));
  }

  @Test
  void fields_thatThisVersionDoesNotKnow_areKept() throws Exception {
    change("\"experiment\"", "\"later\" : [ 1, 2 ], \"experiment\"");
    assertThat(resume().unknown()).containsOnlyKeys("later");
  }

  @Test
  void worker_thatFindsOtherData_refusesItsCellWithBothHashes() throws Exception {
    String id = ResultFiles.read(run).record().cells().get(0);
    String begun = ResultFiles.read(run).record().dataset().hash();
    Files.delete(ResultFiles.cellFile(run, id));
    change("cifar10:" + data, "cifar10:" + SmallData.cifar(folder.resolve("other"), 17, 8));
    assertThat(refusal(id))
        .matches(
            "the dataset differs from the run's: here it is [0-9a-f]{64}, where the run was begun "
                + begun
                + "; fix this, then run again with --resume");
    assertThat(ResultFiles.cellFile(run, id)).doesNotExist();
  }

  @Test
  void worker_thatFindsNoData_refusesItsCell() throws Exception {
    String id = ResultFiles.read(run).record().cells().get(0);
    change("cifar10:" + data, "cifar10:" + folder.resolve("nowhere"));
    assertThat(refusal(id)).contains("nowhere");
  }

  /** What a worker says that computes no cells. */
  private String refusal(String cell) throws Exception {
    Process worker = vernier.start(List.of("worker", "run", "--plugins", "plugins"));
    try (Writer ids = worker.outputWriter()) {
      ids.write(cell + "\n");
    }
    Outcome outcome = vernier.outcome(worker);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    String before = "\trefused\t";
    assertThat(outcome.out()).startsWith(before);
    return outcome.out().substring(before.length()).stripTrailing();
  }

  @Test
  void fileThatAKillCutShort_isGoneOnceItsCellHasItsResult() throws Exception {
    String id = ResultFiles.read(run).record().cells().get(0);
    Files.delete(ResultFiles.cellFile(run, id));
    Path part =
        ResultFiles.cellFolder(run, id).resolve("features.npy." + UUID.randomUUID() + ".part");
    Files.createFile(part);
    resume();
    assertThat(part).doesNotExist();
  }

  @Test
  void runThatIsThere_isGoneOnWithOnlyWhereAsked() throws Exception {
    command.remove("--resume");
    Outcome refused = vernier.runHere(command);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.complaints()).singleElement().asString().contains("--resume");
  }

  @Test
  void seeds_areFixedBeforeARun() throws Exception {
    command.addAll(Program.set("seeds=3"));
    Outcome refused = vernier.runHere(command);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.complaints())
        .singleElement()
        .asString()
        .endsWith(
            "run holds a run with 1 seed, which was fixed before it, and not 3: choose another --out");
  }

  /** Has the run say that it is of older code; returns the commit that it is of. */
  private String makeOlder() throws IOException {
    String commit = ResultFiles.read(run).record().provenance().commit();
    change('"' + commit + '"', "\"0lder\"");
    return commit;
  }

  @Test
  void code_thatFoundNothingToDo_isNotNamed() throws Exception {
    makeOlder();
    RunRecord finished = ResultFiles.read(run).record();
    RunRecord resumed = resume();
    assertThat(resumed.provenance()).isEqualTo(finished.provenance());
    assertThat(resumed.earlier()).isEmpty();
  }

  @Test
  void code_thatWentOnWithTheRunOfAnother_isNamedBesideIt() throws Exception {
    String commit = makeOlder();
    RunRecord.Provenance older = ResultFiles.read(run).record().provenance();
    for (int again = 0; again < 2; again++) {
      Files.delete(ResultFiles.cellFile(run, ResultFiles.read(run).record().cells().get(0)));
      RunRecord resumed = resume();
      assertThat(resumed.provenance().commit()).isEqualTo(commit);
      assertThat(resumed.provenance().ended()).isNotNull();
      assertThat(resumed.earlier()).containsExactly(older);
    }
  }
}
