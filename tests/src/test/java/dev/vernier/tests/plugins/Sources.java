package dev.vernier.tests.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Sources of plugins, compiled against this test's class path. */
public final class Sources {
  private Sources() {}

  /** The Java files below a folder. */
  static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(each -> each.toString().endsWith(".java")).toList();
    }
  }

  /**
   * Compiles.
   *
   * @param classes takes the class files, and may hold others that the sources need
   */
  public static void compile(List<Path> sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      String path =
          String.join(
              System.getProperty("path.separator"),
              classes.toString(),
              System.getProperty("java.class.path"));
      List<String> options = List.of("-proc:none", "-cp", path, "-d", classes.toString());
      StringWriter complaints = new StringWriter();
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as(complaints.toString()).isTrue();
    }
  }
}
