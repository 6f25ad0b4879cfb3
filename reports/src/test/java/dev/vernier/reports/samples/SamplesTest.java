package dev.vernier.reports.samples;

import static dev.vernier.reports.SampleRuns.cell;
import static dev.vernier.reports.SampleRuns.run;
import static dev.vernier.reports.samples.SamplePictures.picture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.Run;
import dev.vernier.reports.SampleRuns;
import dev.vernier.reports.comparison.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {
  @TempDir Path folder;

  @Test
  void captions_sayWhatPicturesShow() throws IOException {
    Cell whole = cell("Trained", 1, 20, 32, 32);
    Cell given = SampleRuns.given(cell("Given", 1, 20, 32, 32));
    Cell one = cell("One", 1, 20, 64);
    Run run = run(folder, whole, given, one);
    SamplePictures.write(run, whole, picture(4, 1, 2, 3, 4));
    SamplePictures.write(run, given, picture(4, 1, 2));
    SamplePictures.write(run, one, picture(4, 1, 2));
    Path report = Files.createDirectories(folder.resolve("report"));
    assertThat(Samples.copy(List.of(run), Rows.of(List.of(run)), report))
        .extracting(SamplePicture::caption)
        .containsExactly(
            "Trained, codebook size 64, seed 1 (cell Trained64s1): originals, reconstructions, then"
                + " each sub-codebook alone, the others' vectors filled with zeros: c0, c1",
            "Given, codebook size 64, given (cell Given64s1): originals, reconstructions",
            "One, codebook size 64, seed 1 (cell One64s1): originals, reconstructions");
  }
}
