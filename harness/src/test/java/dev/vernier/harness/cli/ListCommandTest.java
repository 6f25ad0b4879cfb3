package dev.vernier.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ListCommandTest {
  private static String list(String... names) {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new ListCommand()).setOut(new PrintWriter(out));
    assertThat(line.execute(names)).isZero();
    return out.toString();
  }

  @Test
  void withoutName_isShort() {
    List<String> lines = list().lines().toList();
    assertThat(lines).hasSizeLessThan(60).contains("tokenizers", "experiments", "options");
    assertThat(lines).anyMatch(line -> line.matches("  lbg +LBG: .+"));
    assertThat(lines).anyMatch(line -> line.matches("  fig1 +Reconstruction FID .+"));
    assertThat(lines).noneMatch(line -> line.contains("codebook-size ="));
  }

  @Test
  void plugin_hasItsSettingsWithBoundsAndScales() {
    assertThat(list("vqgan"))
        .contains(
            "channels = 32 (1 to 1024); quick 16, standard 16, paper 128",
            "width of the first level",
            "restart-after = 50 (0 to 1000000); standard 0, paper 0")
        .doesNotContain("fqgan");
  }

  @Test
  void options_areListedByTheirGroup() {
    assertThat(list("run")).contains("steps = 400 (0 to 100000000); quick 192, standard 2000");
    assertThat(list("sampling")).contains("guidance = 1.0", "samples = 2048");
  }

  @Test
  void yaml_isThatOfAnExperiment_orOneThatExplainsAll() {
    assertThat(list("fig1", "--yaml")).contains("name: fig1", "floor: LBG");
    assertThat(list("--yaml")).contains("name: mine", "reconstructions: out/");
  }

  @Test
  void experiment_hasItsMethods() {
    assertThat(list("fig1")).contains("VQGAN: vqgan", "LBG: lbg");
    assertThat(list("table4")).contains(": far on ");
  }
}
