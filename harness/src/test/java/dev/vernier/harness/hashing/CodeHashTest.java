package dev.vernier.harness.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeHashTest {
  @TempDir private Path folder;

  private Path jar(String name, long time, Map<String, String> files) throws IOException {
    Path jar = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("a/"));
      for (Map.Entry<String, String> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(time);
        zip.putNextEntry(entry);
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private static String hash(Path... places) throws IOException {
    return CodeHash.of(List.of(places), name -> true);
  }

  @Test
  void sameFiles_haveOneHash_howeverTheyArePacked() throws IOException {
    Map<String, String> all = Map.of("a/A.class", "one", "a/B.class", "two");
    String packed = hash(jar("all.jar", 0, all));
    assertThat(hash(jar("later.jar", 1L << 40, all))).isEqualTo(packed);
    Path first = jar("first.jar", 0, Map.of("a/A.class", "one"));
    Path second = jar("second.jar", 0, Map.of("a/B.class", "two"));
    assertThat(hash(first, second)).isEqualTo(packed).isNotEqualTo(hash(first));
    Path classes = folder.resolve("classes");
    Files.writeString(Files.createDirectories(classes.resolve("a")).resolve("A.class"), "one");
    Files.writeString(classes.resolve("a/B.class"), "two");
    assertThat(hash(classes)).isEqualTo(packed);
  }

  @Test
  void otherFiles_haveAnother_unlessTheyDoNotCount() throws IOException {
    Path jar = jar("all.jar", 0, Map.of("a/A.class", "one", "a/notes", "two"));
    String before = hash(jar);
    String classes = CodeHash.of(List.of(jar), name -> name.endsWith(".class"));
    jar("all.jar", 0, Map.of("a/A.class", "one", "a/notes", "three"));
    assertThat(hash(jar)).isNotEqualTo(before);
    assertThat(CodeHash.of(List.of(jar), name -> name.endsWith(".class"))).isEqualTo(classes);
    jar("all.jar", 0, Map.of("a/A.class", "other"));
    assertThat(CodeHash.of(List.of(jar), name -> name.endsWith(".class"))).isNotEqualTo(classes);
  }
}
