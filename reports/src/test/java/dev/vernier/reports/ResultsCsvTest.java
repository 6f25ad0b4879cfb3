package dev.vernier.reports;

import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.failed;
import static dev.vernier.reports.SampleRuns.metrics;
import static dev.vernier.reports.SampleRuns.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsCsvTest {
  private static final Path FOLDER = Path.of("nowhere");

  private static List<String> lines(String csv) {
    return csv.lines().toList();
  }

  @Test
  void writesARowACell_withEveryDigit() {
    String csv =
        ResultsCsv.of(
            List.of(run(FOLDER, cell("VQGAN", 1, 1.0 / 3, 256), cell("B", 2, 9, 64, 64))));
    assertThat(lines(csv)).hasSize(3);
    assertThat(lines(csv).get(0))
        .startsWith("experiment,scale,cell,method,tokenizer,seed,status,error,codebook_size,")
        .contains("rfid,rfid_low,rfid_high,rfid_samples,rfid_protocol,psnr,")
        .contains("usage.c0,")
        .contains("usage.joint,")
        .contains("images_per_second.train,")
        .endsWith("training.steps,setting.loss");
    assertThat(lines(csv).get(1)).contains(",0.3333333333333333,").contains(",0a1b2c3d4e,");
    assertThat(lines(csv).get(2)).contains(",128,64+64,12.0,8,8,1000000,32,");
  }

  @Test
  void keepsTheErrorOfAFailedCell_inOneField() {
    String csv = ResultsCsv.of(List.of(run(FOLDER, failed("LFQ", "out of memory, \"device\" 0"))));
    assertThat(csv).contains(",FAILED,\"out of memory, \"\"device\"\" 0\",,");
  }

  @Test
  void givesEachProtocolItsColumn() {
    String csv =
        ResultsCsv.of(
            List.of(
                run(
                    FOLDER,
                    cell("VQGAN", 1, 20, 256),
                    cell("VQGAN", 2, metrics(7, "9999999999"), Map.of(), 256))));
    assertThat(lines(csv).get(0)).contains("rfid@0a1b2c3d4e,").contains("rfid@9999999999,");
  }

  @Test
  void givesTheUseOfCodesAColumn_forEachProtocolThatCountedIt() {
    String csv =
        ResultsCsv.of(
            List.of(
                run(
                    FOLDER,
                    SampleRuns.counted(cell("A", 1, 20, 256), "few"),
                    SampleRuns.counted(cell("A", 2, 20, 256), "many"))));
    assertThat(lines(csv).get(0))
        .contains("usage@few.c0,")
        .contains("perplexity@few.c0,perplexity@few.c0_low,")
        .contains("usage@few_samples,usage@few_protocol,")
        .contains("usage@many.c0,");
    assertThat(lines(csv).get(1)).contains(",64000,few,");
  }

  @Test
  void writesAHeader_withoutCells() {
    assertThat(ResultsCsv.of(List.of(run(FOLDER))))
        .isEqualTo("experiment,scale,cell,method,tokenizer,seed,status,error\n");
  }
}
