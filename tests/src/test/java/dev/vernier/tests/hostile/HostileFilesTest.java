package dev.vernier.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that were made to harm whoever opens them. */
class HostileFilesTest {
  private static final int BOMB_MEGABYTES = 600;

  /** What is passed over, since it stands where training tools keep what is no weight. */
  private static final Set<String> PASSED_OVER =
      Set.of("a function of a known package", "an empty map that is its own key");

  @TempDir static Path folder;
  private static List<Subject> subjects;
  private static Path executed;

  @BeforeAll
  static void prepare() throws Exception {
    executed = folder.resolve("executed");
    subjects = new Subjects(Files.createDirectories(folder.resolve("scratch"))).all();
  }

  private static Subject subject(String name) {
    return subjects.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static Arguments refused(String subject, String what, byte[] content) {
    return Arguments.of(subject, what, content);
  }

  static Stream<Arguments> files() throws IOException {
    return Stream.of(arrays(), pictures(), pickles(), texts(), Stream.of(safetensors(), escaping()))
        .flatMap(each -> each);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] npy(String type, String shape) {
    String header =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
    return latin("\u0093NUMPY\u0001\0" + (char) header.length() + "\0" + header);
  }

  private static Stream<Arguments> arrays() {
    byte[] endless = latin("\u0093NUMPY\u0002\0\u00ff\u00ff\u00ff\u007f{");
    return Stream.of(
        refused("npy", "2^31 numbers announced", npy("|u1", "2147483647, 1, 1, 3")),
        refused("npy", "sides that multiply to 0 in 64 bits", npy("<f8", "4294967296, 4294967296")),
        refused("npy", "a side of a million digits", npy("|u1", "9".repeat(150))),
        refused("npy", "a header of 2 GB", endless),
        refused("npy", "objects, which are a pickle", npy("|O", "1")));
  }

  /** A zip whose entry is far larger than it has any reason to be. */
  private static byte[] bomb(String entry, byte[] begin) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(begin);
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < BOMB_MEGABYTES; i++) {
        zip.write(zeros);
      }
    }
    return bytes.toByteArray();
  }

  private static Stream<Arguments> pictures() {
    byte[] png = subject("png").originals().get(0).clone();
    ByteBuffer.wrap(png).putInt(16, 31_623).putInt(20, 31_623);
    byte[] bmp = subject("bmp").originals().get(0).clone();
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 31_623).putInt(22, 31_623);
    byte[] gif = subject("gif").originals().get(0).clone();
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(6, (short) -1);
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(8, (short) -1);
    return Stream.of(
        refused("png", "10^9 pixels", Containers.checked(png)),
        refused("bmp", "10^9 pixels", bmp),
        refused("gif", "65,535 x 65,535 pixels", gif),
        refused("pnm", "10^9 pixels", latin("P6 31623 31623 255\nabc")),
        refused("pnm", "2^64 pixels", latin("P5 4294967296 4294967296 255\nabc")));
  }

  private static Stream<Arguments> pickles() throws IOException {
    String touch = "touch " + executed;
    String quoted = "S'" + touch + "'\n";
    String deep = "]".repeat(100_000) + "a".repeat(99_999);
    StringBuilder laughs = new StringBuilder("](I1\nI1\nI1\nI1\nI1\nI1\nI1\nI1\nI1\nI1\ne");
    for (int i = 0; i < 20; i++) {
      laughs.append("q").append((char) i).append("]").append("(");
      laughs.append(("h" + (char) i).repeat(10)).append("e");
    }
    Stream<Arguments> number =
        Stream.of(
            refused(
                "old torch",
                "lists within lists for a number",
                latin("\u0080\u0002" + deep + ".")));
    Stream<Map.Entry<String, String>> objects =
        Stream.of(
            Map.entry("a command", "cposix\nsystem\n(" + quoted + "tR."),
            Map.entry("eval", "cbuiltins\neval\n(S'open(\"" + executed + "\",\"w\")'\ntR."),
            Map.entry("a command by INST", "(" + quoted + "iposix\nsystem\n."),
            Map.entry("a command by OBJ", "(cposix\nsystem\n" + quoted + "o."),
            Map.entry("a function of a known package", "cnumpy.f2py\nrun_main\n(" + quoted + "tR."),
            Map.entry("a command by its name", "\u008c\u0005posix\u008c\u0006system\u0093."),
            Map.entry("a name of many lines", "cposix\u000b\u000c\nsystem\r\nR."),
            Map.entry("a list that holds itself", "]q\0h\0a."),
            Map.entry("an empty map that is its own key", "}q\0h\0I1\ns."),
            Map.entry("lists within lists", deep + "."),
            Map.entry("lists within lists as a key", "}" + deep + "I1\ns."),
            Map.entry("lists within lists for a name", deep + "\u008c\u0006system\u0093."),
            Map.entry("the same list billions of times", laughs + "."),
            Map.entry("the same list billions of times as a key", "}(" + laughs + "I1\nu."),
            Map.entry("the same list billions of times in a set", "\u008f(" + laughs + "\u0090."),
            Map.entry("a text of 2 GB announced", "X\u00ff\u00ff\u00ff\u007f"),
            Map.entry("a number of 2 GB announced", "\u008b\u00ff\u00ff\u00ff\u007f"),
            Map.entry("bytes of 2^63 announced", "\u008e" + "\u00ff".repeat(7) + "\u007f"));
    return Stream.concat(
        number,
        objects.flatMap(
            each -> {
              byte[] pickle = latin("\u0080\u0004" + each.getValue());
              byte[] machine = latin("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.");
              byte[] version = latin("\u0080\u0002M\u00e9\u0003.");
              byte[] old = concatenated(machine, version, latin("\u0080\u0002}."), pickle);
              return Stream.of(
                  refused("torch", each.getKey(), zipped("archive/data.pkl", pickle)),
                  refused("old torch", each.getKey(), old));
            }));
  }

  private static byte[] zipped(String name, byte[] content) {
    try {
      return Containers.zip(Map.of(name, content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] concatenated(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] each : parts) {
      all.writeBytes(each);
    }
    return all.toByteArray();
  }

  private static Stream<Arguments> texts() {
    String deep = "[".repeat(100_000);
    StringBuilder laughs = new StringBuilder("name: a\ntitle: b\nx-0: &a0 [lol, lol]\n");
    for (int i = 1; i < 30; i++) {
      laughs.append("x-%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    laughs.append("methods: *a29\n");
    return Stream.of(
        refused("run.json", "lists within lists", latin(deep)),
        refused("result.json", "lists within lists", latin("{\"schemaVersion\":1,\"a\":" + deep)),
        refused("baseline", "lists within lists", latin(deep)),
        refused("run.json", "a number of a million digits", latin("9".repeat(1_000_000))),
        refused("YAML", "lists within lists", latin("name: " + deep)),
        refused("YAML", "keys within keys", latin("{a: ".repeat(50_000))),
        refused("YAML", "a billion laughs", latin(laughs.toString())),
        refused("YAML", "a list that holds itself", latin("name: a\nmethods: &m [*m]\n")),
        refused(
            "YAML",
            "an object of Java",
            latin("!!javax.script.ScriptEngineManager [!!java.net.URL ['http://localhost/']]")));
  }

  private static Arguments safetensors() {
    byte[] deep = latin("{\"a\":" + "[".repeat(100_000));
    ByteBuffer file = ByteBuffer.allocate(8 + deep.length).order(ByteOrder.LITTLE_ENDIAN);
    return refused(
        "safetensors", "lists within lists", file.putLong(deep.length).put(deep).array());
  }

  private static Arguments escaping() throws IOException {
    byte[] zip = Containers.zip(Map.of("../../executed.npy", npy("|u1", "1, 1, 1, 3")));
    return refused("npz", "a name that leads out of the folder", zip);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("files")
  void hostileFile_isRefusedInALine_andRunsNothing(String name, String what, byte[] content)
      throws Exception {
    Path files = Files.createDirectories(folder.resolve("of " + name).resolve("files"));
    try (Reading reading = new Reading(files)) {
      assertThat(reading.fault(subject(name), content)).isEmpty();
      assertThat(reading.refused() == 1 || PASSED_OVER.contains(what)).isTrue();
    }
    assertThat(executed).doesNotExist();
    assertThat(folder.resolve("executed.npy")).doesNotExist();
  }

  /** It would fit into what any other file may take. */
  @Test
  void zipBomb_isRefusedBeforeItIsUnpacked() throws Exception {
    Path files = Files.createDirectories(folder.resolve("of bombs").resolve("files"));
    try (Reading reading = new Reading(files)) {
      byte[] bomb = bomb("arr_0.npy", npy("|u1", "1, 2, 2, 3"));
      assertThat(reading.fault(subject("npz"), bomb)).isEmpty();
      assertThat(reading.refused()).isOne();
      assertThat(reading.allocated()).isLessThan((long) BOMB_MEGABYTES << 20);
    }
  }

  /** The same files where a user would name them. */
  @Test
  void commandLine_refusesThemWithCodeTwo() throws Exception {
    Path pickle = folder.resolve("evil.pth");
    Files.write(pickle, zipped("a/data.pkl", latin("\u0080\u0002cposix\nsystem\n(S'x'\ntR.")));
    Path array = Files.write(folder.resolve("huge.npy"), npy("|u1", "2147483647, 1, 1, 3"));
    Path yaml = Files.write(folder.resolve("deep.yaml"), latin("name: " + "[".repeat(100_000)));
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    Files.write(pictures.resolve("a.pnm"), latin("P6 31623 31623 255\nabc"));
    Path jars = Files.createDirectories(folder.resolve("jars"));
    Files.write(
        jars.resolve("broken.jar"), zipped("META-INF/services/dev.vernier.spi.X", new byte[9]));
    Files.write(jars.resolve("cut.jar"), latin("PK\u0003\u0004"));
    for (List<String> each :
        List.of(
            List.of("eval", "--tokenizer", "vqgan", "--weights", pickle.toString()),
            List.of("score", array.toString(), array.toString()),
            List.of("run", yaml.toString(), "--out", folder.resolve("out").toString()),
            List.of("score", pictures.toString(), pictures.toString()),
            List.of("list", "--plugins", jars.toString()))) {
      String said = Subjects.command(each.toArray(String[]::new));
      assertThat(said).as(each.toString()).startsWith("vernier: ");
      assertThat(said.lines()).as(said).hasSize(1);
    }
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
