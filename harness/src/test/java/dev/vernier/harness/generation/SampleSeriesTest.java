package dev.vernier.harness.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.GuidanceSchedule;
import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSeriesTest {
  private static final GeneratorSpec SPEC =
      new GeneratorSpec("numbers", List.of(new SubCodebook("code", 1000)), 1, 2, 3, 0);
  private static final SamplingSettings SETTINGS =
      new SamplingSettings(
          List.of(new SamplingSettings.Draw(1, 1, 0, 1)), GuidanceSchedule.CONSTANT, 1);
  private static final int COUNT = 70;
  private static final int PARTS = 5;
  private static final double SECONDS_OF_A_PART = 0.05;

  @TempDir private Path folder;

  /** Draws the number of an image and its class, and takes its time. */
  private static final class Numbers implements Generator {
    private int parts;

    @Override
    public GeneratorSpec spec() {
      return SPEC;
    }

    @Override
    public Tokens sample(int[] labels, long first, SamplingSettings settings) {
      parts++;
      long end = System.nanoTime() + (long) (SECONDS_OF_A_PART * 1e9);
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
      int[] indices = new int[2 * labels.length];
      for (int i = 0; i < labels.length; i++) {
        indices[2 * i] = (int) first + i;
        indices[2 * i + 1] = labels[i];
      }
      return new Tokens(indices, labels.length, SPEC.subCodebooks(), 1, 2);
    }

    @Override
    public double[][] bits(Tokens tokens, int[] labels) {
      throw new UnsupportedOperationException("nothing is measured here");
    }

    @Override
    public void save(Path folder) {
      throw new UnsupportedOperationException("there is nothing to save");
    }

    @Override
    public void close() {
      // Nothing to free.
    }
  }

  private double draw(Numbers generator, Runnable between, Progress progress) throws IOException {
    Path file = folder.resolve("tokens");
    try (SampleSeries series = new SampleSeries(SPEC, List.of(), COUNT, file)) {
      return series.draw(generator, SETTINGS, between, progress);
    }
  }

  private double draw(Numbers generator) throws IOException {
    return draw(generator, () -> {}, Progress.NONE);
  }

  @Test
  void secondsOfAllSessions_countForAllImages() throws IOException {
    Numbers first = new Numbers();
    Runnable stop =
        () -> {
          if (first.parts == PARTS - 1) {
            throw new IllegalStateException("stop");
          }
        };
    assertThatThrownBy(() -> draw(first, stop, Progress.NONE)).hasMessage("stop");
    byte[] before = Files.readAllBytes(folder.resolve("tokens"));
    // A part that was written but not noted when the program was killed.
    Files.write(folder.resolve("tokens"), Arrays.copyOf(before, before.length + 100));

    Numbers second = new Numbers();
    double seconds = draw(second);
    assertThat(second.parts).isOne();
    assertThat(seconds).isGreaterThanOrEqualTo(PARTS * SECONDS_OF_A_PART);
    Numbers third = new Numbers();
    assertThat(draw(third)).isEqualTo(seconds);
    assertThat(third.parts).isZero();

    byte[] resumed = Files.readAllBytes(folder.resolve("tokens"));
    Files.delete(folder.resolve("tokens"));
    draw(new Numbers());
    assertThat(folder.resolve("tokens")).hasBinaryContent(resumed);
  }

  @Test
  void progress_isHeardOfBeforeTheFirstPart() throws IOException {
    List<Long> done = new ArrayList<>();
    List<String> details = new ArrayList<>();
    draw(
        new Numbers(),
        () -> {},
        (task, images, total, detail) -> {
          done.add(images);
          details.add(detail);
          assertThat(total).isEqualTo(COUNT);
        });
    assertThat(done).containsExactly(0L, 16L, 32L, 48L, 64L, 70L);
    assertThat(details.get(0)).isEmpty();
    assertThat(details.subList(1, details.size()))
        .allMatch(each -> each.matches("\\d+ sub-tokens/s"));
  }
}
