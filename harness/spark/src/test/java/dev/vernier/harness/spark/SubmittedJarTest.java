package dev.vernier.harness.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

class SubmittedJarTest {
  /** Of jdeps: a class, and one that it needs and the jar lacks. */
  private static final Pattern MISSING =
      Pattern.compile("\\s+(dev\\.vernier\\.\\S+)\\s+-> (dev\\.vernier\\.\\S+)\\s+not found");

  /** The rest of the driver has a class path of its own, with all of Vernier on it. */
  private static final Pattern APART =
      Pattern.compile("dev\\.vernier\\.harness\\.spark\\.(?!Main|ApartLoader)[A-Z].*");

  @Test
  void classesThatRunBesideSpark_findAllTheyNeedInTheJar() {
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    StringWriter printed = new StringWriter();
    PrintWriter out = new PrintWriter(printed);
    int code =
        jdeps.run(out, out, "-verbose:class", "-filter:none", LocalCluster.SUBMITTED.toString());
    assertThat(code).as(printed.toString()).isZero();
    assertThat(printed.toString())
        .contains("dev.vernier.harness.spark.task.CellTask", "dev.vernier.harness.workers.Worker");
    List<String> missing =
        MISSING
            .matcher(printed.getBuffer())
            .results()
            .filter(found -> !APART.matcher(found.group(1)).matches())
            .map(found -> found.group(1) + " needs " + found.group(2))
            .toList();
    assertThat(missing).isEmpty();
  }
}
