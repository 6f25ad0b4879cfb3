package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.vernier.records.Cell;
import dev.vernier.records.Metric;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.tests.onnx.PatchNet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run measured of its own weights is what anybody measures of them. */
@Tag("numerics")
class MeasuredAgainTest {
  /** As the protocol of every number says, 1e-4 of it. */
  private static final double PERCENT = 0.01;

  @TempDir Path folder;

  private Run run(Program vernier, String out, String... begin) throws Exception {
    Outcome outcome = attempt(vernier, Map.of(), out, begin);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return ResultFiles.read(folder.resolve(out));
  }

  private Outcome attempt(
      Program vernier, Map<String, String> environment, String out, String... begin)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(begin));
    arguments.addAll(options(out));
    return vernier.outcome(vernier.start(arguments, environment));
  }

  private static List<String> options(String out) {
    List<String> options = new ArrayList<>(List.of("--data", "cifar10:./cifar", "--out", out));
    options.addAll(Program.set("features=onnx", "features.file=./scorer.onnx", "bootstrap=20"));
    return options;
  }

  @Test
  void weights_giveTheSameBits_andOtherThreadsTheSameNumbers() throws Exception {
    SmallData.cifar(folder.resolve("cifar"), 16, 70);
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    List<String> train = new ArrayList<>(List.of("train", "--tokenizer", "vqgan"));
    train.addAll(
        Program.set("channels=8", "z-channels=16", "groups=4", "codebook-size=8", "batch-size=4"));
    train.addAll(Program.set("perceptual-weight=0", "steps=3"));
    Program one = new Program(folder);
    train.addAll(options("./trained"));
    Outcome outcome = one.runHere(train);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Run trained = ResultFiles.read(folder.resolve("trained"));
    Map<String, Metric> metrics = trained.cells().get(0).metrics();

    String id = trained.cells().get(0).id();
    String[] eval = {
      "eval", "--weights", "trained/cells/" + id + "/state/tokenizer", "--name", "Mine"
    };
    Run again = run(one, "again", eval);
    assertThat(again.cells().get(0).metrics()).isEqualTo(metrics);
    assertLeftUnderItsName(again);
    Map<String, Metric> others = run(one.withThreads(2), "others", eval).cells().get(0).metrics();
    assertThat(others.keySet()).isEqualTo(metrics.keySet());
    metrics.forEach(
        (key, metric) -> {
          assertThat(others.get(key).protocol()).isEqualTo(metric.protocol());
          assertThat(others.get(key).value())
              .as(key)
              .isCloseTo(metric.value(), withinPercentage(PERCENT));
        });
    assertBfloat16IsNear(one, eval, again);
  }

  /** Who asks for it is told so with the numbers, which are others where the processor has it. */
  private void assertBfloat16IsNear(Program vernier, String[] eval, Run single) throws Exception {
    Outcome unknown = attempt(vernier, Map.of("VERNIER_MATH", "half"), "half", eval);
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.complaints())
        .containsExactly("vernier: VERNIER_MATH cannot be 'half': it is fp32 or bf16");

    Outcome outcome = attempt(vernier, Map.of("VERNIER_MATH", "bf16"), "rounded", eval);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Run rounded = ResultFiles.read(folder.resolve("rounded"));
    assertThat(rounded.record().provenance().backend()).contains("onednn in bf16");
    assertThat(single.record().provenance().backend()).contains("onednn").doesNotContain("bf16");
    double exact = single.cells().get(0).metrics().get("psnr").value();
    double near = rounded.cells().get(0).metrics().get("psnr").value();
    assertThat(near).isCloseTo(exact, withinPercentage(5));
    if (hasTilesOfBfloat16()) {
      assertThat(near).isNotEqualTo(exact);
    }
  }

  /** What oneDNN multiplies in bfloat16 with; the other instructions for it are left unused. */
  private static boolean hasTilesOfBfloat16() throws Exception {
    Path processor = Path.of("/proc/cpuinfo");
    return System.getenv("DNNL_MAX_CPU_ISA") == null
        && Files.isReadable(processor)
        && Files.readString(processor).contains("amx_bf16");
  }

  /** As every run, an evaluation leaves a table and a report, in which it has the user's name. */
  private static void assertLeftUnderItsName(Run run) throws Exception {
    assertThat(run.cells()).extracting(Cell::method).containsExactly("Mine");
    List<String> results = Files.readAllLines(run.folder().resolve("results.csv"));
    assertThat(results).hasSize(2);
    assertThat(results.get(1)).contains(",Mine,vqgan,");
    assertThat(Files.readString(run.folder().resolve("report/metrics.md"))).contains("| Mine |");
    assertThat(Files.readString(run.folder().resolve("report/index.html"))).contains(">Mine</td>");
  }
}
