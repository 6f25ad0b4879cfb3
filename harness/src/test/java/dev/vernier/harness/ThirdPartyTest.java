package dev.vernier.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A distribution names the licence of every library in it. */
class ThirdPartyTest {
  private static final Pattern VERSION = Pattern.compile("-\\d.*");

  @Test
  void everyLibrary_isNamed() throws Exception {
    String text = Files.readString(Path.of("src/main/distribution/THIRD-PARTY.md"));
    String classPath = Files.readString(Path.of("target/run.classpath"));
    assertThat(Arrays.stream(classPath.split(File.pathSeparator)))
        .filteredOn(each -> each.endsWith(".jar"))
        .map(each -> VERSION.matcher(Path.of(each).getFileName().toString()).replaceFirst(""))
        .filteredOn(each -> !each.startsWith("vernier-"))
        .allSatisfy(each -> assertThat(text).contains("`" + each + "`"));
  }
}
