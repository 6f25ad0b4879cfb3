package dev.vernier.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorCommandTest {
  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty("vernier.cache");
  }

  @Test
  void doctor_saysWhatIsThereAndWhereTheRestComesFrom() throws Exception {
    Path cache = Files.createDirectories(folder.resolve("cache/nets"));
    Files.write(cache.resolve("net"), new byte[3 << 20]);
    System.setProperty("vernier.cache", cache.getParent().toString());
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new DoctorCommand()).setOut(new PrintWriter(out));
    line.execute("--plugins", folder.toString());
    assertThat(out.toString())
        .contains(
            "ONNX Runtime: 1.",
            "cache: " + cache.getParent() + ", 3 MiB",
            "XDG_CACHE_HOME",
            "plugins: " + folder + " has no jar",
            "--weights-inception FILE",
            "lpips.weights=FILE");
    assertThat(out.toString().lines().filter(each -> each.startsWith("instruction sets")))
        .hasSizeLessThan(2);
  }
}
