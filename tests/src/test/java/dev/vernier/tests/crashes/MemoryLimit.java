package dev.vernier.tests.crashes;

import dev.vernier.tests.endtoend.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A process gets a few megabytes more, and then the system kills it for want of memory. */
record MemoryLimit() implements Harm {
  private static final Path CONTROLLER = Path.of("/sys/fs/cgroup/memory");

  @Override
  public String name() {
    return "no memory";
  }

  @Override
  public boolean possible() {
    return Files.isWritable(CONTROLLER.resolve("cgroup.procs"));
  }

  /** One group for each victim: an empty one goes away with {@link #undo}. */
  private static Path group(Place place) {
    return CONTROLLER.resolve("vernier-" + place.folder().getFileName());
  }

  @Override
  public void strike(Place place, Process process, List<String> command, Random random)
      throws IOException {
    List<ProcessHandle> all = new ArrayList<>(Place.workers(process));
    if (all.isEmpty()) {
      all.add(process.toHandle());
    }
    Path group = Files.createDirectories(group(place));
    Files.writeString(
        group.resolve("memory.limit_in_bytes"), String.valueOf((1 + random.nextInt(16)) << 20));
    try {
      String victim = String.valueOf(all.get(random.nextInt(all.size())).pid());
      Files.writeString(group.resolve("cgroup.procs"), victim);
    } catch (IOException e) {
      // It has ended before.
    }
  }

  @Override
  public void undo(Place place) throws IOException {
    Files.deleteIfExists(group(place));
  }

  @Override
  public boolean allows(Outcome outcome) {
    return outcome.code() == 137 || Harm.isOrderly(outcome);
  }
}
