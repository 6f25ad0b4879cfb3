package dev.vernier.tests.crashes;

import dev.vernier.tests.endtoend.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * The time of day jumps by years, back or forth, in all processes of a run. A library that is
 * compiled here and preloaded there says so, since the machine's clock is not the run's alone.
 */
record ClockJump() implements Harm {
  private static final int YEAR = 365 * 24 * 3600;

  @Override
  public String name() {
    return "clock jump";
  }

  @Override
  public boolean possible() throws IOException {
    Path folder = Files.createTempDirectory("clock");
    boolean compiled = compile(folder);
    new Place(folder).delete();
    return compiled;
  }

  private static boolean compile(Path folder) throws IOException {
    Path source = folder.resolve("clock.c");
    try (InputStream in = ClockJump.class.getResourceAsStream("/crashes/clock.c")) {
      Files.copy(Objects.requireNonNull(in), source);
    }
    String library = library(folder).toString();
    return Place.succeeds("cc", "-shared", "-fPIC", "-o", library, source.toString(), "-ldl");
  }

  private static Path library(Path folder) {
    return folder.resolve("clock.so");
  }

  private static Path offset(Place place) {
    return place.folder().resolve("offset");
  }

  @Override
  public Map<String, String> prepare(Place place, Random random) throws IOException {
    compile(place.folder());
    Files.writeString(offset(place), "0");
    return Map.of(
        "LD_PRELOAD", library(place.folder()).toString(),
        "CLOCK_OFFSET", offset(place).toString());
  }

  @Override
  public void strike(Place place, Process process, List<String> command, Random random)
      throws IOException {
    Files.writeString(offset(place), String.valueOf((long) random.nextInt(-20, 20) * YEAR));
  }

  @Override
  public boolean allows(Outcome outcome) {
    return outcome.code() == 0;
  }
}
