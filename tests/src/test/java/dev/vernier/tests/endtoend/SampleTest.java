package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.records.Cell;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.Run;
import dev.vernier.spi.Sha256;
import dev.vernier.tests.onnx.PatchNet;
import dev.vernier.weights.Safetensors;
import dev.vernier.weights.WeightFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images from the generator of a run, as a user draws them. */
class SampleTest {
  private static final String EXPERIMENT =
      """
      name: drawn
      methods:
        - {method: FQ, tokenizer: fqgan-dual}
        - {method: LBG, tokenizer: lbg}
        - method: far
          on: FQ
          generator: far
          sampling: {top-k: quarter, guidance: 1.5, samples: 24}
      """;

  /** So many that there is time to stop in between. */
  private static final int MANY = 400;

  private static final int TRAINING = 40;
  private static final int SIDE = 32;

  /** A picture shows each image three times as large, and two pixels between. */
  private static final int GRID_STEP = 3 * SIDE + 2;

  /** Of the tokens of an image: two sub-codebooks, 8 x 8 positions. */
  private static final int BYTES = Integer.BYTES * 2 * 8 * 8;

  @TempDir private static Path folder;
  private static Program vernier;
  private static Map<String, String> cells;

  @BeforeAll
  static void train() throws Exception {
    vernier = new Program(folder);
    Path data = SmallData.cifar(folder.resolve("cifar"), TRAINING, 20);
    PatchNet.random(4, 3).global(folder.resolve("scorer.onnx"), 1, 3, SIDE, SIDE);
    Files.writeString(folder.resolve("drawn.yaml"), EXPERIMENT);
    List<String> command = new ArrayList<>(List.of("run", "./drawn.yaml", "--data"));
    command.addAll(List.of("cifar10:" + data, "--out", "./run", "--workers", "0"));
    command.addAll(Program.set("features=onnx", "features.file=./scorer.onnx", "bootstrap=0"));
    command.addAll(
        Program.set("channels=8", "z-channels=16", "groups=4", "codebook-size=8", "batch-size=4"));
    command.addAll(Program.set("perceptual-weight=0", "steps=2", "seeds=1", "trunk-steps=0"));
    command.addAll(Program.set("generator.width=16", "generator.layers=1", "generator.heads=2"));
    command.addAll(Program.set("generator-steps=30", "generator-batch-size=4"));
    command.addAll(Program.set("generator-ten-crop=true"));
    Outcome outcome = vernier.runHere(command);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    Run run = ResultFiles.read(folder.resolve("run"));
    cells = new LinkedHashMap<>();
    for (Cell cell : run.cells()) {
      cells.put(cell.method(), "run/cells/" + cell.id());
    }
    assertThat(cells).containsOnlyKeys("FQ", "LBG", "far", "far, samples");
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String cell(String method) {
    return path(cells.get(method));
  }

  private static List<String> weights(String generator, String tokenizer) {
    return List.of("--weights", generator, "--tokenizer-weights", tokenizer);
  }

  private static List<String> ownWeights() {
    return weights(cell("far") + "/state/generator", cell("FQ") + "/state/tokenizer");
  }

  private static List<String> command(String out, List<String> source, String... settings) {
    List<String> command = new ArrayList<>(List.of("sample", "--out", path(out)));
    command.addAll(source);
    command.addAll(Program.set(settings));
    return command;
  }

  private static List<String> command(String out, List<String> source, List<String> more) {
    return Stream.concat(command(out, source).stream(), more.stream()).toList();
  }

  private static void draw(String out, List<String> source, String... settings) {
    Outcome outcome = vernier.runHere(command(out, source, settings));
    assertThat(outcome.complaints()).isEmpty();
    assertThat(outcome.code()).isZero();
  }

  private static void assertRefused(String message, List<String> command) {
    Outcome outcome = vernier.runHere(command);
    assertThat(outcome.complaints()).as("%s", command).singleElement().asString().contains(message);
    assertThat(outcome.code()).as(message).isEqualTo(2);
  }

  /** Images by number, {@code [side, side, 3]}, from the PNG files. */
  private static List<ByteBuffer> pictures(String out) throws IOException {
    Map<String, ByteBuffer> pictures = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve(out).resolve("images"))) {
      for (Path file : files.toList()) {
        pictures.put(file.getFileName().toString(), pixels(ImageIO.read(file.toFile())));
      }
    }
    return List.copyOf(pictures.values());
  }

  private static ByteBuffer pixels(BufferedImage image) {
    ByteBuffer pixels = ByteBuffer.allocate(3 * SIDE * SIDE);
    for (int i = 0; i < SIDE * SIDE; i++) {
      int colour = image.getRGB(i % SIDE, i / SIDE);
      pixels.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
    }
    return pixels.flip();
  }

  /** Looks at all files of a series of ten classes in turn; gives its images. */
  private static List<ByteBuffer> checked(String out, int samples) throws IOException {
    List<ByteBuffer> pictures = pictures(out);
    assertThat(pictures).hasSize(samples);
    Map<String, NumpyArray> arrays = NumpyArray.readAll(folder.resolve(out).resolve("samples.npz"));
    assertThat(arrays).containsOnlyKeys("arr_0");
    NumpyArray archive = arrays.get("arr_0");
    assertThat(archive.type()).isEqualTo("|u1");
    assertThat(archive.shape()).containsExactly(samples, SIDE, SIDE, 3);
    int each = 3 * SIDE * SIDE;
    for (int i = 0; i < samples; i++) {
      assertThat(ByteBuffer.wrap(archive.data(), i * each, each)).isEqualTo(pictures.get(i));
    }
    assertThat(folder.resolve(out).resolve("images/000013-class-3.png")).exists();
    BufferedImage grid = ImageIO.read(folder.resolve(out).resolve("samples.png").toFile());
    assertThat(grid.getHeight()).isEqualTo(10 * GRID_STEP - 2);
    assertThat(grid.getWidth()).isEqualTo(Math.min(8, samples / 10) * GRID_STEP - 2);
    return pictures;
  }

  @Test
  void theGenerator_isTrainedOnTenCropsOfEachImage() throws Exception {
    Cell cell =
        ResultFiles.readCell(folder.resolve("run"), Path.of(cell("far")).getFileName().toString());
    assertThat(cell.generation().training()).containsEntry("generator-ten-crop", "true");
    assertThat(cell.phases())
        .filteredOn(phase -> phase.name().equals("encode"))
        .singleElement()
        .satisfies(phase -> assertThat(phase.images()).isEqualTo(10 * TRAINING))
        .satisfies(phase -> assertThat(phase.seconds()).isPositive());
    Path codes = Path.of(cell("FQ"), "codes");
    assertThat(codes.resolve("train-ten-crop.codes")).hasSize(TRAINING * (4 + 10L * BYTES));
    assertThat(codes.resolve("validation.codes")).exists();
    assertThat(codes.resolve("train.codes")).doesNotExist();
  }

  @Test
  void anImage_dependsOnTheSeedAndItsNumberAlone() throws Exception {
    draw("long", List.of("--cell", cell("far"), "--seed", "5"), "samples=40");
    draw("short", List.of("--cell", cell("far"), "--seed", "5"), "samples=20");
    draw("other", List.of("--cell", cell("far"), "--seed", "6"), "samples=20");
    List<ByteBuffer> images = checked("long", 40);
    assertThat(images).doesNotHaveDuplicates();
    assertThat(checked("short", 20)).isEqualTo(images.subList(0, 20));
    assertThat(checked("other", 20)).doesNotContainAnyElementsOf(images);
  }

  @Test
  void namedClasses_takeTurns() throws Exception {
    draw("chosen", List.of("--cell", cell("far"), "--class", "7", "--class", "2"), "samples=3");
    assertThat(folder.resolve("chosen/images"))
        .isDirectoryContaining("glob:**/000000-class-7.png")
        .isDirectoryContaining("glob:**/000001-class-2.png")
        .isDirectoryContaining("glob:**/000002-class-7.png");
    draw("single", List.of("--cell", cell("far"), "--class", "7"), "samples=1");
    assertThat(pictures("single")).isEqualTo(pictures("chosen").subList(0, 1));
  }

  @Test
  void weights_giveTheSameSamplesAsTheCell() throws Exception {
    draw("cell", List.of("--cell", cell("far, samples")));
    List<ByteBuffer> images = checked("cell", 24);
    draw("folders", ownWeights(), "top-k=quarter", "guidance=1.5", "samples=24");
    assertThat(checked("folders", 24)).isEqualTo(images);

    String tokenizer = cell("FQ") + "/state/tokenizer";
    List<String> file = new ArrayList<>(weights(published().toString(), tokenizer));
    assertRefused("name it with --generator", command("unused", file));
    file.addAll(List.of("--generator", "far"));
    file.addAll(
        Program.set("generator.width=16", "generator.heads=2", "generator.published-grid=8"));
    assertRefused("missing [ar_head.1.attention.wo.weight, ", command("unused", file));
    file.addAll(Program.set("generator.layers=1", "generator.head-layers=1"));
    assertRefused(
        "feed_forward.w1.weight of shape [64, 16], the model needs", command("unused", file));
    file.addAll(Program.set("generator.hidden-multiple=32"));
    // Files that do not say it have the published fault, which this one was trained without.
    file.addAll(Program.set("generator.rotary-class-row=identity"));
    draw("published", file, "top-k=quarter", "guidance=1.5", "samples=24");
    assertThat(checked("published", 24)).isEqualTo(images);
  }

  /** The generator as others would save it: its arrays below a prefix, and nothing said of it. */
  private static Path published() throws IOException {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    Path own = folder.resolve(cells.get("far")).resolve("state/generator/weights.safetensors");
    try (WeightFile file = WeightFile.open(own)) {
      for (String name : file.names()) {
        tensors.put("model." + name, new Safetensors.Tensor(file.shape(name), file.read(name)));
      }
    }
    Path published = folder.resolve("published.safetensors");
    Safetensors.write(published, tensors, Map.of());
    return published;
  }

  /** Starts the program and stops it as soon as something is there. */
  private static void stop(List<String> command, boolean kill, Moment moment) throws Exception {
    Process process = vernier.start(command);
    try {
      for (int i = 0; i < 6000 && !moment.isThere(); i++) {
        assertThat(process.waitFor(10, TimeUnit.MILLISECONDS)).as("it ended too soon").isFalse();
      }
      if (!kill) {
        Program.interrupt(process);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("it went on").isTrue();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Something that comes about while the program runs. */
  @FunctionalInterface
  private interface Moment {
    boolean isThere() throws IOException;
  }

  private static Moment drawn(String out, int images) {
    Path tokens = folder.resolve(out).resolve("samples.tokens");
    return () -> Files.exists(tokens) && Files.size(tokens) >= (long) images * BYTES;
  }

  private static Map<String, String> contents(String out) throws IOException {
    Path root = folder.resolve(out);
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        // Hidden files and the position say which process worked, and how long.
        if (!name.startsWith(".") && !name.endsWith("position.json")) {
          contents.put(name, Sha256.ofFile(file));
        }
      }
    }
    return contents;
  }

  @Test
  void anInterruptedSeries_goesOnToTheSameFiles() throws Exception {
    List<String> source = List.of("--cell", cell("far, samples"));
    String[] settings = {"samples=" + MANY};
    draw("whole", source, settings);
    byte[] ofRun = Files.readAllBytes(Path.of(cell("far, samples"), "state/samples.tokens"));
    byte[] tokens = Files.readAllBytes(folder.resolve("whole/samples.tokens"));
    assertThat(ofRun).hasSize(24 * BYTES);
    assertThat(Arrays.copyOf(tokens, ofRun.length)).isEqualTo(ofRun);

    List<String> command = command("broken", source, settings);
    stop(command, false, drawn("broken", 32));
    assertThat(Files.readString(folder.resolve("err.txt")))
        .contains(
            "draw samples: 0 of " + MANY,
            "vernier: interrupted; to continue, repeat the command with --out "
                + path("broken")
                + " --resume");
    assertThat(Files.size(folder.resolve("broken/samples.tokens"))).isLessThan(MANY * BYTES);
    assertRefused("add --resume to go on", command);
    List<String> resumed = new ArrayList<>(command);
    resumed.add("--resume");
    List<String> otherwise = new ArrayList<>(resumed);
    otherwise.addAll(Program.set("temperature=0.9"));
    assertRefused("with other settings", otherwise);

    int there = (int) Files.size(folder.resolve("broken/samples.tokens")) / BYTES;
    stop(resumed, true, drawn("broken", there + 32));
    stop(resumed, true, () -> Files.exists(folder.resolve("broken/images/000064-class-4.png")));
    assertThat(folder.resolve("broken/samples.npz")).doesNotExist();
    assertThat(folder.resolve("broken")).isDirectoryContaining("glob:**.part");
    Outcome outcome = vernier.runHere(resumed);
    assertThat(outcome.complaints()).isEmpty();
    assertThat(contents("broken")).isEqualTo(contents("whole"));
    checked("broken", MANY);
  }

  @Test
  void wrongSources_areRefusedInOneLine() throws Exception {
    List<String> unused = List.of("sample", "--out", path("unused"));
    assertRefused("give either --cell", unused);
    List<String> cell = List.of("--cell", cell("far"));
    assertRefused("give either --cell", command("unused", cell, ownWeights()));
    assertRefused("is not a cell of a run", command("unused", List.of("--cell", path("nowhere"))));
    assertRefused(
        "is the cell of a tokenizer, FQ", command("unused", List.of("--cell", cell("FQ"))));
    List<String> second = List.of("--tokenizer-weights", cell("FQ") + "/state/tokenizer");
    assertRefused("leave --tokenizer-weights out", command("unused", cell, second));
    String generator = cell("far") + "/state/generator";
    String tokenizer = cell("FQ") + "/state/tokenizer";
    assertRefused("needs --tokenizer-weights", command("unused", List.of("--weights", generator)));
    assertRefused("use --cell " + cell("far"), command("unused", weights(cell("far"), tokenizer)));
    assertRefused(
        "use --weights " + generator,
        command("unused", weights(generator + "/weights.safetensors", tokenizer)));
    assertRefused(
        "use --tokenizer-weights " + tokenizer,
        command("unused", weights(generator, tokenizer + "/weights.safetensors")));
    assertRefused(
        "use --tokenizer-weights " + tokenizer, command("unused", weights(generator, cell("FQ"))));
    assertRefused(
        "the generator draws 8 x 8 codes (visual of 8, semantic of 8), the tokenizer decodes",
        command("unused", weights(generator, cell("LBG") + "/state/tokenizer")));
    assertRefused("leave out generator.width", command("unused", cell, "generator.width=8"));
    assertRefused("leave out tokenizer.channels", command("unused", cell, "tokenizer.channels=8"));
    assertRefused(
        "belongs to far, not to far-mlp",
        command("unused", cell, List.of("--generator", "far-mlp")));
    List<String> resume = new ArrayList<>(List.of("sample", "--resume"));
    resume.addAll(cell);
    assertRefused("--resume needs --out", resume);
    assertThat(folder.resolve("unused")).doesNotExist();
  }

  @Test
  void wrongSettings_areRefusedInOneLine() {
    List<String> cell = List.of("--cell", cell("far"));
    for (String wrong :
        List.of(
            "top-k=0",
            "top-k=9",
            "top-k=some",
            "top-p=1.5",
            "guidance=-1",
            "guidance=NaN",
            "temperature=0",
            "temperature=-1",
            "temperature=Infinity",
            "samples=0",
            "samples=-1",
            "schedule=rising")) {
      String name = wrong.split("=", 2)[0];
      assertRefused("setting " + name + " cannot be", command("unused", cell, wrong));
    }
    assertRefused("did you mean 'guidance'", command("unused", cell, "guidence=2"));
    for (String wrong : List.of("10", "-1")) {
      assertRefused(
          "there is no class " + wrong + ": the generator has 0 to 9",
          command("unused", cell, List.of("--class=" + wrong)));
    }
    assertThat(folder.resolve("unused")).doesNotExist();
  }

  @Test
  void brokenWeights_areRefusedInOneLine() throws Exception {
    FolderTree.copy(folder.resolve("run"), Files.createDirectory(folder.resolve("partly")));
    Path trained =
        folder.resolve("partly").resolve(Path.of("run").relativize(Path.of(cells.get("far"))));
    Path description = trained.resolve("state/generator/generator.json");
    List<String> cell = List.of("--cell", trained.toString());
    Path decoder = trained.resolveSibling(Path.of(cells.get("FQ")).getFileName());
    for (Path state :
        List.of(trained.resolve("state/generator"), decoder.resolve("state/tokenizer"))) {
      Path file = state.resolve("weights.safetensors");
      byte[] whole = Files.readAllBytes(file);
      for (int length : new int[] {0, 4, 100, whole.length - 1}) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertRefused(file.toString(), command("unused", cell));
      }
      byte[] flipped = whole.clone();
      flipped[whole.length - 3] ^= 1;
      Files.write(file, flipped);
      assertRefused(file + " is damaged (its SHA-256 is not", command("unused", cell));
      Files.write(file, whole);
    }
    Files.writeString(description, "{");
    assertRefused("generator.json is damaged", command("unused", cell));
    Files.delete(description);
    assertRefused("finish the run " + path("partly"), command("unused", cell));
    assertThat(folder.resolve("unused")).doesNotExist();
  }

  @Test
  void whatElseLiesInTheFolder_staysAsItIs() throws Exception {
    List<String> cell = List.of("--cell", cell("far"));
    Files.writeString(folder.resolve("file"), "mine");
    assertRefused("file is a file: choose another --out", command("file", cell));
    assertThat(folder.resolve("file")).hasContent("mine");
    Files.createDirectories(folder.resolve("mine/images"));
    Files.writeString(folder.resolve("mine/images/000000-class-0.png"), "mine");
    Map<String, String> before = contents("mine");
    for (List<String> more : List.of(List.<String>of(), List.of("--resume"))) {
      assertRefused("holds something else already", command("mine", cell, more));
    }
    assertThat(contents("mine")).isEqualTo(before);
    assertRefused("holds something else already", command("run", cell));

    Files.createDirectories(folder.resolve("empty"));
    draw("empty", cell, "samples=2");
    Map<String, String> drawn = contents("empty");
    assertRefused("with other settings", command("empty", cell, "samples=3"));
    assertThat(contents("empty")).isEqualTo(drawn);
  }
}
