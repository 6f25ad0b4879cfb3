package dev.vernier.tests.crashes;

import dev.vernier.tests.endtoend.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A folder in which even root can write, delete and rename nothing any more. */
record ReadOnlyFolder() implements Harm {
  @Override
  public String name() {
    return "read-only folder";
  }

  @Override
  public boolean possible() throws IOException {
    Path folder = Files.createTempDirectory("immutable");
    boolean made = Place.succeeds("chattr", "+i", folder.toString());
    release(folder);
    Files.delete(folder);
    return made;
  }

  static void release(Path folder) throws IOException {
    Place.succeeds("chattr", "-R", "-i", folder.toString());
  }

  /** Files may go while it is at it, so that it reports errors. */
  @Override
  public void strike(Place place, Process process, List<String> command, Random random)
      throws IOException {
    Place.succeeds("chattr", "-R", "+i", place.disk().toString());
  }

  @Override
  public void undo(Place place) throws IOException {
    release(place.disk());
  }

  @Override
  public boolean allows(Outcome outcome) {
    return Harm.isOrderly(outcome);
  }
}
