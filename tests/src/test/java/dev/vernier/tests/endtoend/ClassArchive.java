package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.tests.onnx.PatchNet;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The classes of the jars on the class path, parsed and verified once for all programs that the
 * tests start: each is ready two seconds sooner. A JVM uses an archive only if its class path
 * begins with the same jars, unchanged: so the folders of classes come after them, and jars that a
 * build made anew get an archive of their own.
 */
final class ClassArchive {
  private static final String JARS = classPath(true);
  private static final String ENDING = ".jsa";
  private static final Path FILE =
      Path.of("target", "classes-" + Integer.toHexString(contents().hashCode()) + ENDING)
          .toAbsolutePath();
  private static boolean tried;

  private ClassArchive() {}

  /** The class path of this JVM, jars first. */
  static String classPath() {
    return JARS + File.pathSeparator + classPath(false);
  }

  private static String classPath(boolean jars) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(each -> each.endsWith(".jar") == jars)
        .reduce((before, each) -> before + File.pathSeparator + each)
        .orElse("");
  }

  /** What a JVM compares before it uses an archive. */
  private static String contents() {
    StringBuilder contents = new StringBuilder(Runtime.version().toString());
    for (String jar : JARS.split(File.pathSeparator, -1)) {
      File file = new File(jar);
      contents.append(jar).append(file.length()).append(file.lastModified());
    }
    return contents.toString();
  }

  /** What a JVM is told so that it uses the archive, which the first to ask has made. */
  static synchronized List<String> options() throws Exception {
    if (!tried && !Files.exists(FILE)) {
      tried = true;
      make();
    }
    return Files.exists(FILE) ? List.of("-XX:SharedArchiveFile=" + FILE) : List.of();
  }

  /** Does nothing while another process makes it. */
  private static void make() throws Exception {
    try (FileChannel channel =
            FileChannel.open(
                FILE.resolveSibling("classes" + ENDING + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null || Files.exists(FILE)) {
        return;
      }
      deleteThoseOfOtherJars();
      Path folder = Files.createTempDirectory(FILE.getParent(), "classes");
      try {
        make(folder);
      } finally {
        FolderTree.delete(folder);
      }
    }
  }

  private static void deleteThoseOfOtherJars() throws IOException {
    try (DirectoryStream<Path> archives =
        Files.newDirectoryStream(FILE.getParent(), "*" + ENDING)) {
      for (Path archive : archives) {
        Files.deleteIfExists(archive);
      }
    }
  }

  private static void make(Path folder) throws Exception {
    Program listed = new Program(folder);
    Outcome run =
        listed.outcome(
            listed.start(
                List.of("-XX:DumpLoadedClassList=classes.txt"), tinyRun(folder), Map.of()));
    assertThat(run.code()).as(run.err()).isZero();
    List<String> dump = new ArrayList<>();
    dump.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    dump.addAll(Program.SHORT_LIVED);
    dump.addAll(List.of("-Xshare:dump", "-XX:SharedClassListFile=classes.txt"));
    dump.addAll(List.of("-XX:SharedArchiveFile=classes.jsa", "-cp", JARS));
    Path out = folder.resolve("dump.txt");
    Process process =
        new ProcessBuilder(dump)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(out)).isZero();
    Files.move(folder.resolve("classes.jsa"), FILE, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Trains, measures and reports: most of what programs do. */
  private static List<String> tinyRun(Path folder) throws IOException {
    SmallData.cifar(folder.resolve("cifar"), 8, 8);
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, 32, 32);
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--tokenizer", "vqgan", "--data", "cifar10:cifar", "--out", "run"));
    arguments.addAll(
        Program.smallNets(
            "steps=1", "codebook-size=4", "features=onnx", "features.file=scorer.onnx"));
    return arguments;
  }
}
