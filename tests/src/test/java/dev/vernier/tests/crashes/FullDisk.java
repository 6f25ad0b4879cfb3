package dev.vernier.tests.crashes;

import dev.vernier.tests.endtoend.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A disk in memory that the run does not fit on; whoever goes on has room. */
record FullDisk() implements Harm {
  /** A run takes about 900 kB. */
  private static final int MOST_KILOBYTES = 1000;

  @Override
  public String name() {
    return "full disk";
  }

  @Override
  public boolean possible() throws IOException {
    Place place = new Place(Files.createTempDirectory("disk"));
    Files.createDirectories(place.disk());
    boolean mounted = Place.succeeds("mount", "-t", "tmpfs", "tmpfs", place.disk().toString());
    place.delete();
    return mounted;
  }

  @Override
  public Map<String, String> prepare(Place place, Random random) throws IOException {
    String size = "size=" + (4 + random.nextInt(MOST_KILOBYTES)) + "k";
    Place.system("mount", "-t", "tmpfs", "-o", size, "tmpfs", place.disk().toString());
    return Map.of();
  }

  @Override
  public void strike(Place place, Process process, List<String> command, Random random) {}

  @Override
  public void undo(Place place) throws IOException {
    Place.system("mount", "-o", "remount,size=100m", place.disk().toString());
  }

  @Override
  public boolean allows(Outcome outcome) {
    return outcome.code() == 0
        || (outcome.code() == 2
            && outcome.complaints().size() == 1
            && outcome.complaints().get(0).contains("there is no room for"));
  }
}
