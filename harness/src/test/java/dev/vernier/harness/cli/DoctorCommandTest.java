package dev.vernier.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.spi.UsageException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({"--conf, spark.executor.cores=2", "--cell-memory, 2048"})
  void optionOfAClusterThatIsNotNamed_isRefused(String option, String value) {
    AtomicReference<Exception> refused = new AtomicReference<>();
    CommandLine line = new CommandLine(new DoctorCommand());
    line.setExecutionExceptionHandler(
        (error, command, result) -> {
          refused.set(error);
          return ExitCodes.WRONG_USE;
        });
    line.execute(option, value);
    assertThat(refused.get())
        .isInstanceOf(UsageException.class)
        .hasMessage(option + " is for a cluster: add --spark.master");
  }
}
