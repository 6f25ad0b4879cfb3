package dev.vernier.tests.crashes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a campaign has come to, a line a trial.
 *
 * @param file need not be there
 */
record CampaignLog(Path file) {
  /**
   * Goes on with a campaign that was cut off. One that is finished says nothing of the code as it
   * is now: its log is put aside under the next free name, and the campaign begins anew.
   *
   * @param trials how many it has
   * @return how many of them are done
   */
  int begin(int trials) throws IOException {
    int done = Files.exists(file) ? lines().size() : 0;
    if (done < trials) {
      return done;
    }
    Path aside = aside();
    Files.move(file, aside);
    System.out.printf("%s was finished: it is %s now, and all trials are run anew%n", file, aside);
    return 0;
  }

  private Path aside() {
    for (int number = 1; ; number++) {
      Path aside = file.resolveSibling(file.getFileName() + "." + number);
      if (!Files.exists(aside)) {
        return aside;
      }
    }
  }

  /** Adds what came of a trial. */
  void note(int trial, Trial.Result result) throws IOException {
    String end = result.survived() ? "survived" : "failed";
    String line = trial + "\t" + end + "\t" + result.story() + "\t" + result.fault();
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        line.replaceAll("\\R", " | ") + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** What is noted. */
  List<String> lines() throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }
}
