package dev.vernier.tests.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.RunRecord;
import dev.vernier.tests.endtoend.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plugin as its author ships it: source compiled against the contracts, packed into a jar. */
public class PluginJarTest {
  @TempDir Path folder;
  private Path plugins;

  @BeforeEach
  void prepare() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    System.setProperty("vernier.cache", folder.resolve("cache").toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty("vernier.cache");
  }

  public static String source() throws IOException {
    try (InputStream in = PluginJarTest.class.getResourceAsStream("GreyProvider.java.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void pack(String jar, String source) throws IOException {
    pack(jar, source, "TokenizerProvider");
  }

  private void pack(String jar, String source, String service) throws IOException {
    Path work = Files.createDirectories(folder.resolve(jar + ".work"));
    Path file = work.resolve("GreyProvider.java");
    Files.writeString(file, source);
    Sources.compile(List.of(file), work);
    try (OutputStream out = Files.newOutputStream(plugins.resolve(jar));
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> classes = Files.walk(work.resolve("sample"))) {
      for (Path each : classes.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry("sample/" + each.getFileName()));
        Files.copy(each, entries);
      }
      if (!service.isEmpty()) {
        entries.putNextEntry(new JarEntry("META-INF/services/dev.vernier.spi." + service));
        entries.write("sample.GreyProvider\n".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** Trains grey levels. */
  private Outcome run(String levels, String... more) throws IOException {
    Path yaml = folder.resolve("mine.yaml");
    Files.writeString(
        yaml,
        """
        name: mine
        title: grey levels
        scales:
          quick: {steps: 2, seeds: 1}
        methods:
          - method: Grey
            tokenizer: grey
            grid: {levels: "%s"}
        """
            .formatted(levels));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", yaml.toString(), "--plugins", plugins.toString()));
    arguments.addAll(List.of("--out", folder.resolve("run").toString(), "--workers", "0"));
    arguments.addAll(List.of("--set", "images=64", "--set", "bootstrap=0"));
    arguments.addAll(List.of(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private List<Cell> cells() throws IOException {
    return ResultFiles.read(folder.resolve("run")).cells();
  }

  @Test
  void pluginJar_isListedAndRuns() throws IOException {
    pack("grey.jar", source());
    Outcome list = Outcome.of("list", "--plugins", plugins.toString());
    assertThat(list.code()).as(list.err()).isZero();
    assertThat(list.out()).containsPattern("\n  grey +one grey level a block\n");
    Outcome grey = Outcome.of("list", "grey", "--plugins", plugins.toString());
    assertThat(grey.out()).contains("grey: one grey level a block", "levels = 16 (2 to 256)");

    Outcome outcome = run("4,64");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    List<Cell> cells = cells();
    assertThat(cells).hasSize(2);
    assertThat(cells.get(1).metrics().get("psnr").value())
        .isGreaterThan(cells.get(0).metrics().get("psnr").value());
  }

  @Test
  void tokenizerThatCanOnlyBeLoaded_isListedAndNotTrained() throws IOException {
    pack("grey.jar", source().replace("TokenizerProvider", "TokenizerLoader"), "TokenizerLoader");
    Outcome list = Outcome.of("list", "--plugins", plugins.toString());
    assertThat(list.out()).containsPattern("\n  grey +one grey level a block\n");

    Outcome outcome = run("4");
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains("the tokenizer grey cannot be trained");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void pluginThatFails_failsItsCellAlone() throws IOException {
    String create = "create(Settings settings, TrainingContext context) ";
    pack(
        "grey.jar",
        source()
            .replace(
                create + "{",
                create
                    + """
                    throws java.io.IOException {
                      if (settings.get(LEVELS) == 4) {
                        throw new NoSuchMethodError("void sample.Other.run()");
                      }
                      if (settings.get(LEVELS) == 8) {
                        throw new java.io.IOException("no codes today");
                      }
                      if (settings.get(LEVELS) == 16) {
                        throw new OutOfMemoryError("Java heap space");
                      }
                    """));
    Outcome outcome = run("4,8,16,64");
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
    assertThat(cells())
        .extracting(Cell::status)
        .containsExactly(
            Cell.Status.FAILED, Cell.Status.FAILED, Cell.Status.FAILED, Cell.Status.FINISHED);
    assertThat(cells().get(0).error())
        .isEqualTo(
            "the plugin of grey cannot be used, get a version built for this Vernier:"
                + " java.lang.NoSuchMethodError: void sample.Other.run()");
    assertThat(cells().get(1).error()).isEqualTo("java.io.IOException: no codes today");
    assertThat(cells().get(2).error()).contains("Java's heap of", "--cell-memory");
  }

  /** One that saves its step, and whose training of 64 levels ends where the text says. */
  private static String counting(String end) throws IOException {
    return source()
        .replace(
            "new TrainableTokenizer() {", "new TrainableTokenizer() {\n      private int step;")
        .replace(
            "return Map.of(\"loss\", 0.0);", "step++;\n" + end + "return Map.of(\"loss\", 0.0);")
        .replace(
            "public void save(Path folder) {}\n\n      public void restore(Path folder) {}",
            """
            public void save(Path folder) throws java.io.IOException {
              java.nio.file.Files.writeString(folder.resolve("step"), "" + step);
            }

            public void restore(Path folder) throws java.io.IOException {
              step = Integer.parseInt(java.nio.file.Files.readString(folder.resolve("step")));
            }
            """);
  }

  @Test
  void otherBuildOfAPlugin_isRecorded_andBeginsUnfinishedCellsAnew() throws IOException {
    String everyStep = "checkpoint-seconds=0";
    String first = "if (grey.levels() == 64 && step == 2) throw new IllegalStateException();\n";
    pack("grey.jar", counting(first));
    assertThat(run("4,64", "--set", everyStep).code()).isEqualTo(3);
    RunRecord begun = ResultFiles.read(folder.resolve("run")).record();
    Cell finished = cells().get(0);
    assertThat(cells().get(1).status()).isEqualTo(Cell.Status.FAILED);
    Path state = ResultFiles.cellFolder(folder.resolve("run"), cells().get(1).id());
    assertThat(state.resolve("state/step-000000001/step")).hasContent("1");

    Outcome same = run("4,64", "--set", everyStep, "--resume");
    assertThat(same.code()).as("the same build fails again").isEqualTo(3);
    assertThat(same.err()).doesNotContain("other code");
    assertThat(ResultFiles.read(folder.resolve("run")).record().earlier()).isEmpty();

    String code = Files.readString(state.resolve("state/code.sha256")).substring(0, 12);
    Files.delete(plugins.resolve("grey.jar"));
    pack("grey.jar", counting(first + "System.err.println(\"took step \" + step);\n"));
    assertThat(run("4,64", "--set", everyStep, "--resume").code()).isEqualTo(3);
    assertThat(state.resolve("state-of-" + code + "/step-000000001/step")).hasContent("1");

    Files.delete(plugins.resolve("grey.jar"));
    pack("grey.jar", counting("System.err.println(\"took step \" + step);\n"));
    Outcome other = run("4,64", "--set", everyStep, "--resume");
    assertThat(other.code()).as(other.err()).isZero();
    assertThat(other.err())
        .contains("the run was begun with other code (plugin grey.jar): finished cells keep their")
        .contains("took step 1\n", "took step 2\n");
    assertThat(state).as("what was kept until now").isDirectoryNotContaining("glob:**state-of-*");
    assertThat(cells().get(0)).isEqualTo(finished);
    RunRecord resumed = ResultFiles.read(folder.resolve("run")).record();
    assertThat(resumed.earlier())
        .extracting(RunRecord.Provenance::code)
        .hasSize(2)
        .startsWith(begun.provenance().code());
    assertThat(resumed.provenance().code().get("plugin grey.jar"))
        .isNotEqualTo(begun.provenance().code().get("plugin grey.jar"));
  }

  @Test
  void resultThatCannotBeWritten_endsTheRun() throws IOException {
    pack(
        "grey.jar",
        source()
            .replace(
                "public void save(Path folder) {}",
                """
                public void save(Path folder) {
                  folder.resolve("../../result.json/in-its-way").toFile().mkdirs();
                }
                """));
    Outcome outcome = run("4,64");
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err().lines().filter(line -> line.startsWith("vernier:")))
        .singleElement()
        .asString()
        .contains("result.json");
    assertThat(outcome.err()).doesNotContain("[2/2]");
  }

  @Test
  void jarThatRegistersNothing_isNamed() throws IOException {
    pack("forgotten.jar", source(), "");
    Outcome list = Outcome.of("list", "--plugins", plugins.toString());
    assertThat(list.code()).isZero();
    assertThat(list.out()).doesNotContain("grey");
    assertThat(list.err().lines())
        .singleElement()
        .asString()
        .contains(
            "forgotten.jar provides nothing: it lacks"
                + " META-INF/services/dev.vernier.spi.TokenizerProvider");
  }

  @Test
  void jarForAnotherLevel_isRefusedByName() throws IOException {
    pack("future.jar", source().replace("return Spi.LEVEL;", "return 99;"));
    assertRefused("future.jar", "level 99");
  }

  @Test
  void twoJarsOfOneName_areRefused() throws IOException {
    pack("one.jar", source());
    pack("two.jar", source());
    assertRefused("one.jar", "two.jar");
  }

  @Test
  void providerThatThrows_isRefusedByName() throws IOException {
    pack(
        "broken.jar",
        source()
            .replace(
                "public String name() {",
                "public GreyProvider() { throw new IllegalStateException(\"no luck\"); }\n"
                    + "  public String name() {"));
    assertRefused("broken.jar", "no luck");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "one grey level a block" | null | description() returned null; fix or remove it
          List.of(LEVELS) | null | settings() returned null, where there are none it is List.of(); fix
          List.of(LEVELS) | java.util.Arrays.asList(LEVELS, null) | settings() returned a list with
          List.of(LEVELS) | List.of(Setting.integer("levels", 1, 2, 9, "")) | it cannot be described (
          """)
  void providerThatDoesNotDescribeItself_isRefusedByName(
      String told, String instead, String message) throws IOException {
    assertThat(source()).contains(told);
    pack("grey.jar", source().replace(told, instead));
    assertRefused("sample.GreyProvider in ", "grey.jar: " + message, "fix or remove it");
  }

  /** Packs one whose description is what an expression gives, beside a class of its own. */
  private void packDescribed(String expression, String words) throws IOException {
    String grey = "\"one grey level a block\"";
    assertThat(source()).contains(grey);
    pack(
        "grey.jar",
        source().replace(grey, expression) + "\nfinal class Words {\n  " + words + "\n}\n");
  }

  @Test
  void pluginWithoutAClassThatItNeeds_isRefusedByName() throws IOException {
    packDescribed("\"\" + Words.GREY", "static final Object GREY = 1;");
    try (FileSystem entries = FileSystems.newFileSystem(plugins.resolve("grey.jar"))) {
      Files.delete(entries.getPath("sample/Words.class"));
    }
    assertRefused(
        "the plugin "
            + plugins.resolve("grey.jar")
            + " needs sample.Words, which is neither in its",
        "put that library into the jar");
  }

  @Test
  void pluginWhoseClassCannotBegin_isRefusedWithTheReason() throws IOException {
    packDescribed("\"\" + Words.GREY", "static final int GREY = 1 / Integer.parseInt(\"0\");");
    assertRefused("grey.jar cannot be used", "java.lang.ArithmeticException: / by zero");
  }

  @Test
  void pluginThatCallsItselfWithoutEnd_isRefusedByName() throws IOException {
    packDescribed("description()", "");
    assertRefused("grey.jar calls itself without end");
  }

  /** Code 1 says that a gate failed. */
  @Test
  void errorThatNobodyExpects_isToBeReported() throws IOException {
    packDescribed("Words.grey()", "static String grey() { throw new AssertionError(1); }");
    Outcome outcome = Outcome.of("list", "--plugins", plugins.toString());
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).startsWith("vernier: internal error; please report it");
  }

  private void assertRefused(String... parts) {
    Outcome outcome = Outcome.of("list", "--plugins", plugins.toString());
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines().toList()).singleElement().asString().contains(parts);
  }
}
