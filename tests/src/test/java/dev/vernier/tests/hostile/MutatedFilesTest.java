package dev.vernier.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files with bits flipped, cut off, spliced, and with numbers at the edge of their range.
 *
 * <p>{@code -Dvernier.mutations=10000} asks for as many, over all kinds of files. A number always
 * stands for the same file.
 */
class MutatedFilesTest {
  private static final int MUTATIONS = Integer.getInteger("vernier.mutations", 1000);

  @TempDir static Path folder;
  private static List<Subject> subjects;

  @BeforeAll
  static void prepare() throws Exception {
    subjects = new Subjects(Files.createDirectories(folder.resolve("scratch"))).all();
  }

  static List<Subject> subjects() {
    return subjects;
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void mutatedFile_isReadRightOrRefusedInALine(Subject subject) throws Exception {
    int count = (MUTATIONS + subjects.size() - 1) / subjects.size();
    List<String> faults = new ArrayList<>();
    Path files = Files.createDirectories(folder.resolve(subject.name()).resolve("files"));
    try (Reading reading = new Reading(files)) {
      for (byte[] intact : subject.originals()) {
        assertThat(reading.fault(subject, intact)).isEmpty();
      }
      assertThat(reading.lastRefusal()).as("an intact file refused").isEmpty();
      for (int i = 0; i < count; i++) {
        String number = subject + " " + i + ": ";
        reading.fault(subject, subject.mutated(i)).map(number::concat).ifPresent(faults::add);
      }
      assertThat(faults).isEmpty();
      assertThat(reading.refused()).as("mutated files refused").isPositive();
    }
  }
}
