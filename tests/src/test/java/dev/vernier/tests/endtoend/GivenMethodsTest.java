package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vernier.harness.cli.Vernier;
import dev.vernier.records.Cell;
import dev.vernier.records.Given;
import dev.vernier.records.Metric;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.tests.onnx.PatchNet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tokenizer that was trained in PyTorch, by each of the ways to give it. */
class GivenMethodsTest {
  private static final Path RESOURCES = Path.of("src/test/resources/given").toAbsolutePath();

  private static final String EXPERIMENT =
      """
      name: mine
      title: A tokenizer of PyTorch by three routes
      methods:
        - method: Mine, ONNX
          onnx: {encoder: %1$s/encoder.onnx, decoder: %1$s/decoder.onnx, range: 0..1}
          codebooks: [64, 64]
        - method: Mine, reconstructed
          reconstructions: %1$s/reconstructions
          codes: %1$s/codes.npy
          codebooks: [64, 64]
        - method: Images alone
          reconstructions: %1$s/reconstructions
      findings:
        - name: F
          claim: The way does not matter.
          checks: [{metric: usage, method: "Mine, ONNX", lower-than: "Mine, reconstructed"}]
      """;

  @TempDir Path folder;

  private String path(String below) {
    return folder.resolve(below).toString();
  }

  private Run run(String experiment) throws Exception {
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    Path yaml = Files.writeString(folder.resolve("mine.yaml"), experiment.formatted(RESOURCES));
    List<String> arguments =
        new ArrayList<>(List.of("run", yaml.toString(), "--out", path("run"), "--workers", "0"));
    arguments.addAll(List.of("--data", "folder:" + RESOURCES.resolve("images"), "--quiet"));
    arguments.addAll(
        Program.set("data.image-size=32", "features=onnx", "features.file=" + path("scorer.onnx")));
    assertThat(Vernier.execute(arguments.toArray(String[]::new))).isZero();
    return ResultFiles.read(folder.resolve("run"));
  }

  @Test
  void everyWay_givesTheSameNumbers_andStandsInTheReport() throws Exception {
    Run run = run(EXPERIMENT);
    Cell onnx = run.cells().get(0);
    Cell images = run.cells().get(1);
    Cell alone = run.cells().get(2);
    assertThat(run.cells())
        .extracting(each -> each.given().kind())
        .containsExactly(Given.Kind.ONNX, Given.Kind.RECONSTRUCTIONS, Given.Kind.RECONSTRUCTIONS);

    assertThat(images.metrics()).containsOnlyKeys(onnx.metrics().keySet());
    images.metrics().forEach((key, metric) -> assertEqual(key, onnx.metrics().get(key), metric));
    alone
        .metrics()
        .forEach((key, metric) -> assertThat(metric).isEqualTo(images.metrics().get(key)));
    assertThat(alone.metrics()).containsKeys("rfid", "psnr", "ssim").doesNotContainKey("entropy");

    // What PyTorch says of its own images, and of the codes.
    assertThat(images.metrics().get("psnr").value()).isCloseTo(22.49689735747655, within(1e-9));
    assertThat(images.codebooks()).extracting(each -> each.distinct()).startsWith(63L, 64L);
    assertThat(onnx.codebooks()).isEqualTo(images.codebooks());

    assertThat(onnx.spec().totalCodes()).isEqualTo(128);
    assertThat(onnx.spec().downsampling()).isEqualTo(4);
    assertThat(images.spec().subCodebooks()).isEqualTo(onnx.spec().subCodebooks());
    assertThat(alone.spec()).isNull();
    assertThat(Files.readString(folder.resolve("run/report/metrics.md")))
        .contains("| Mine, ONNX | 12.0 | 64 × 2 |")
        .contains("| Mine, reconstructed | 12.0 | 64 × 2 |")
        .contains("| Images alone |  |  |");
    assertThat(Files.readString(folder.resolve("run/report/findings.csv")))
        .contains("128", "not decided");
  }

  /** Two runtimes round apart, which moves a grey level here and there. */
  private static void assertEqual(String key, Metric one, Metric other) {
    assertThat(other.protocol()).as(key).isEqualTo(one.protocol());
    assertThat(other.samples()).as(key).isEqualTo(one.samples());
    assertThat(other.value())
        .as(key)
        .isCloseTo(one.value(), within(1e-5 * Math.max(1, Math.abs(one.value()))));
  }
}
