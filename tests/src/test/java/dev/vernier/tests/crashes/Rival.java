package dev.vernier.tests.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.tests.endtoend.Outcome;
import dev.vernier.tests.endtoend.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Another process on the same folder: one of the two is refused, the other one undisturbed. */
record Rival() implements Harm {
  private static final String REFUSED = " is in use by ";

  @Override
  public String name() {
    return "two processes";
  }

  @Override
  public void strike(Place place, Process process, List<String> command, Random random)
      throws Exception {
    Path folder = Files.createDirectories(place.folder().resolve("rival"));
    Outcome rival = new Program(folder).run(command);
    assertThat(allows(rival)).as(rival.err()).isTrue();
    assertThat(rival.code() == 0 || isDone(process)).as("both were refused").isTrue();
  }

  private static boolean isDone(Process first) throws InterruptedException {
    return first.isAlive() || first.waitFor() == 0;
  }

  @Override
  public boolean allows(Outcome outcome) {
    return outcome.code() == 0
        || (outcome.code() == 2
            && outcome.complaints().size() == 1
            && outcome.complaints().get(0).contains(REFUSED));
  }
}
