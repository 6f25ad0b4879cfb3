package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.tests.onnx.PatchNet;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The classes of the libraries, parsed and verified once for all programs that the tests start:
 * each is ready two seconds sooner. A JVM archives only classes from jars, and uses an archive only
 * if its class path begins with the same jars, unchanged: so our own, which every build makes anew,
 * come after the libraries.
 */
final class ClassArchive {
  private static final String LIBRARIES = classPath(true);
  private static final Path FILE =
      Path.of(
              "target",
              "libraries-"
                  + Integer.toHexString((Runtime.version() + LIBRARIES).hashCode())
                  + ".jsa")
          .toAbsolutePath();
  private static boolean tried;

  private ClassArchive() {}

  /** The class path of this JVM, the libraries first. */
  static String classPath() {
    return LIBRARIES + File.pathSeparator + classPath(false);
  }

  private static String classPath(boolean libraries) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(each -> isLibrary(each) == libraries)
        .reduce((before, each) -> before + File.pathSeparator + each)
        .orElse("");
  }

  private static boolean isLibrary(String entry) {
    return entry.endsWith(".jar") && !Path.of(entry).getParent().endsWith("target");
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
                FILE.resolveSibling(FILE.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null || Files.exists(FILE)) {
        return;
      }
      Path folder = Files.createTempDirectory(FILE.getParent(), "libraries");
      try {
        make(folder);
      } finally {
        FolderTree.delete(folder);
      }
    }
  }

  private static void make(Path folder) throws Exception {
    Program listed = new Program(folder);
    Program.Outcome run =
        listed.outcome(
            listed.start(
                List.of("-XX:DumpLoadedClassList=classes.txt"), tinyRun(folder), Map.of()));
    assertThat(run.code()).as(run.err()).isZero();
    List<String> dump = new ArrayList<>();
    dump.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    dump.addAll(Program.SHORT_LIVED);
    dump.addAll(List.of("-Xshare:dump", "-XX:SharedClassListFile=classes.txt"));
    dump.addAll(List.of("-XX:SharedArchiveFile=classes.jsa", "-cp", LIBRARIES));
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
