package dev.vernier.tests.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.tests.endtoend.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The way of a newcomer from an empty folder to a tokenizer in the list, as the README has it.
 * Maven is stood in for: what it would compile, test and pack is compiled, tested and packed here,
 * and what it would read is compared with the build of Vernier itself.
 */
class NewTokenizerTest {
  private static final Path ROOT_POM = Path.of("..", "pom.xml");

  @TempDir private Path folder;
  private Path project;

  @BeforeEach
  void begin() {
    project = folder.resolve("block-colours");
    Outcome begun =
        Outcome.of(
            "new", "tokenizer", "block-colours", project.toString(), "--package", "org.me.vq");
    assertThat(begun.code()).as(begun.err()).isZero();
    assertThat(begun.out()).contains("BlockColoursContractTest.java", "mvn verify");
  }

  private Path compiled() throws IOException {
    Path classes = Files.createDirectories(project.resolve("target/classes"));
    Sources.compile(Sources.below(project.resolve("src/main/java")), classes);
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    String service = "dev.vernier.spi.TokenizerProvider";
    Files.copy(
        project.resolve("src/main/resources/META-INF/services").resolve(service),
        services.resolve(service));
    return classes;
  }

  /** What {@code mvn package} leaves. */
  private Path packed() throws IOException {
    Path classes = compiled();
    Path jar = project.resolve("target/block-colours.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, entries);
      }
    }
    return jar.getParent();
  }

  @Test
  void tokenizer_isListedAndItsExperimentFits() throws IOException {
    Path target = packed();
    Outcome list = Outcome.of("list", "block-colours", "--plugins", target.toString());
    assertThat(list.code()).as(list.err()).isZero();
    assertThat(list.err()).isEmpty();
    assertThat(list.out()).contains("block-colours: the nearest", "codebook-size = 256");

    Experiment experiment = Experiment.load(project.resolve("experiment.yaml").toString());
    RunPlan plan = new RunPlan(experiment, "quick", Map.of(), Plugins.discover(target));
    assertThat(plan.cells(Map.of())).extracting(CellPlan::method).contains("BlockColours");
  }

  @Test
  void tokenizer_meetsItsContract() throws Exception {
    Path classes = compiled();
    List<Path> sources = Sources.below(project.resolve("src/test/java"));
    Sources.compile(sources, classes);
    URL[] urls = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      Class<?> test = loader.loadClass("org.me.vq.BlockColoursContractTest");
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request().selectors(selectClass(test)).build();
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create().execute(request, listener);
      TestExecutionSummary summary = listener.getSummary();
      assertThat(summary.getFailures())
          .extracting(
              each -> each.getTestIdentifier().getDisplayName(), each -> each.getException())
          .isEmpty();
      assertThat(summary.getTestsSucceededCount()).isGreaterThanOrEqualTo(9);
    }
  }

  /** What a build with Maven's own choice of plugins does not: Java 17, and tests that run. */
  @Test
  void build_usesThePluginsOfVernierItself() throws Exception {
    Document own = parse(ROOT_POM);
    Document made = parse(project.resolve("pom.xml"));
    for (String plugin :
        List.of(
            "maven-resources-plugin",
            "maven-compiler-plugin",
            "maven-surefire-plugin",
            "maven-jar-plugin")) {
      assertThat(version(made, plugin)).as(plugin).isEqualTo(version(own, plugin));
    }
    assertThat(text(made, "maven.compiler.release")).isEqualTo(text(own, "maven.compiler.release"));
    assertThat(text(made, "failIfNoTests")).isEqualTo("true");
    assertThat(text(made, "vernier.version")).isEqualTo(version(own, "vernier"));
  }

  private static Document parse(Path pom) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
  }

  private static String text(Document pom, String element) {
    return pom.getElementsByTagName(element).item(0).getTextContent();
  }

  /** The version beside the first artifact of a name. */
  private static String version(Document pom, String artifact) {
    NodeList artifacts = pom.getElementsByTagName("artifactId");
    for (int i = 0; i < artifacts.getLength(); i++) {
      if (artifacts.item(i).getTextContent().equals(artifact)) {
        Element parent = (Element) artifacts.item(i).getParentNode();
        return parent.getElementsByTagName("version").item(0).getTextContent();
      }
    }
    throw new AssertionError("no " + artifact);
  }

  @Test
  void whatCannotBe_isRefused() throws IOException {
    assertRefused("holds something else already", "new", "tokenizer", "other", project.toString());
    Path file = Files.writeString(folder.resolve("file"), "text");
    assertRefused("is a file", "new", "tokenizer", "other", file.toString());
    assertRefused("there is a tokenizer 'vqgan' already", "new", "tokenizer", "vqgan");
    assertRefused("cannot be called 'My_VQ'", "new", "tokenizer", "My_VQ");
    assertRefused("'example.class'", "new", "tokenizer", "class");
    assertRefused("of one of Vernier's", "new", "tokenizer", "trainable");
    assertRefused("name the kind of plugin", "new");
  }

  private static void assertRefused(String part, String... arguments) {
    Outcome outcome = Outcome.of(arguments);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err().lines()).singleElement().asString().contains(part);
  }
}
