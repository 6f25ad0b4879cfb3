package dev.vernier.harness.projects;

import dev.vernier.harness.files.OutputFolder;
import dev.vernier.spi.TokenizerProvider;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * A Maven project of a tokenizer that works as it stands, with its test on the contract.
 *
 * @param name of the tokenizer: lower-case words joined by hyphens
 * @param packageName of its classes
 */
public record TokenizerProject(String name, String packageName) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private static final List<String> FILES =
      List.of(
          "pom.xml",
          "README.md",
          "experiment.yaml",
          "src/main/java/__path__/__Name__Provider.java",
          "src/main/java/__path__/__Name__Settings.java",
          "src/main/java/__path__/__Name__Tokenizer.java",
          "src/main/java/__path__/__Name__Training.java",
          "src/main/java/__path__/Codebook.java",
          "src/main/resources/META-INF/services/dev.vernier.spi.TokenizerProvider",
          "src/test/java/__path__/__Name__ContractTest.java");

  /**
   * Checks both names.
   *
   * @throws UsageException if one of them cannot be
   */
  public TokenizerProject {
    if (!NAME.matcher(name).matches()) {
      throw new UsageException(
          "a tokenizer cannot be called '"
              + name
              + "': names are lower-case words joined by hyphens, such as my-vq");
    }
    if (!SourceVersion.isName(packageName)) {
      throw new UsageException(
          "no package of Java can be called '" + packageName + "': give another --package");
    }
    if (isContract(className(name) + "Tokenizer") || isContract(className(name) + "Provider")) {
      throw new UsageException(
          "a tokenizer called '"
              + name
              + "' would have a class of the name of one of Vernier's: choose another name");
    }
  }

  private static boolean isContract(String className) {
    Class<?> contract = TokenizerProvider.class;
    String file = className + ".class";
    return contract.getResource(file) != null;
  }

  /** The beginning of the names of its classes, such as {@code MyVq}. */
  private static String className(String name) {
    return Arrays.stream(name.split("-"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  /**
   * Writes the project.
   *
   * @param folder new or empty
   * @param version of Vernier that it is built against
   * @return the files, from the folder on
   * @throws UsageException if something is there already
   */
  public List<Path> write(Path folder, String version) throws IOException {
    new OutputFolder(folder, "folder").refuseOthers(entry -> false);
    List<Path> written = FILES.stream().map(each -> Path.of(filled(each, version))).toList();
    for (int i = 0; i < written.size(); i++) {
      Path file = folder.resolve(written.get(i));
      Files.createDirectories(file.getParent());
      Files.writeString(file, filled(template(FILES.get(i)), version));
    }
    return written;
  }

  private static String template(String file) throws IOException {
    try (InputStream in = TokenizerProject.class.getResourceAsStream("tokenizer/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String filled(String template, String version) {
    return template
        .replace("__name__", name)
        .replace("__Name__", className(name))
        .replace("__package__", packageName)
        .replace("__path__", packageName.replace('.', '/'))
        .replace("__version__", version);
  }
}
