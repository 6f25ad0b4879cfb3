package dev.vernier.harness.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_000_500), ZoneOffset.UTC);
  @TempDir Path folder;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void events_areThoseOfTensorBoardsOwnWriter() throws IOException {
    Map<String, Double> losses = new LinkedHashMap<>();
    losses.put("total", 0.25);
    losses.put("commitment", -1.5e-3);
    try (EventFile events = new EventFile(folder, 300, CLOCK)) {
      events.write(301, losses);
      events.write(302, Map.of("total", 0.0));
    }
    try (InputStream golden = EventFileTest.class.getResourceAsStream("/tensorboard/events.bin")) {
      assertThat(files()).hasSize(1);
      assertThat(files().get(0)).hasBinaryContent(golden.readAllBytes());
    }
  }

  /** TensorBoard reads the files of a run in the order of their names, and finds them by it. */
  @Test
  void aRunThatGoesOn_hasAFurtherFile() throws IOException {
    for (int session = 0; session < 3; session++) {
      new EventFile(folder, 0, CLOCK).close();
    }
    assertThat(files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "events.out.tfevents.0000001000500.vernier",
            "events.out.tfevents.0000001000501.vernier",
            "events.out.tfevents.0000001000502.vernier");
  }
}
