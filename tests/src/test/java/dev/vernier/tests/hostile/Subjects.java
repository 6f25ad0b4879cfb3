package dev.vernier.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.data.CifarProvider;
import dev.vernier.harness.decoding.ImageDecoder;
import dev.vernier.harness.evaluation.ImageSet;
import dev.vernier.harness.experiments.Experiment;
import dev.vernier.harness.experiments.RunPlan;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.onnx.OnnxTokenizer;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.records.ResultFiles;
import dev.vernier.reports.significance.ScoredImages;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import dev.vernier.tests.endtoend.FolderTree;
import dev.vernier.tests.endtoend.Outcome;
import dev.vernier.tests.endtoend.SmallData;
import dev.vernier.tests.onnx.OnnxGraph;
import dev.vernier.tests.onnx.PatchCodes;
import dev.vernier.tests.plugins.PluginJarTest;
import dev.vernier.tests.plugins.Sources;
import dev.vernier.weights.Safetensors;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything that reads files which others made, with intact ones to begin from. */
final class Subjects {
  private static final Path PICTURES = Path.of("../harness/src/test/resources/pictures/read");
  private static final Path CHECKPOINTS = Path.of("../spi/src/test/resources/dev/vernier/weights");
  private static final Path RUN = Path.of("src/test/resources/hostile/run");

  private final Path scratch;

  /**
   * All subjects.
   *
   * @param scratch an empty folder for what the intact files are made in
   */
  Subjects(Path scratch) {
    this.scratch = scratch;
  }

  List<Subject> all() throws Exception {
    List<Subject> all = new ArrayList<>(pictures());
    all.addAll(List.of(npy(), npz(), torch(), oldTorch(), safetensors(), onnx(), cifar()));
    all.addAll(List.of(runJson(), resultJson(), replicatesJson(), scores(), baseline()));
    all.addAll(List.of(yaml(), jar()));
    return all;
  }

  private static List<Subject> pictures() throws IOException {
    Map<String, List<byte[]>> byKind = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(PICTURES)) {
      for (Path each : files.sorted().toList()) {
        String name = each.getFileName().toString();
        String kind = name.substring(name.lastIndexOf('.') + 1).replaceAll("p[bgp]m", "pnm");
        byKind.computeIfAbsent(kind, any -> new ArrayList<>()).add(Files.readAllBytes(each));
      }
    }
    List<Subject> subjects = new ArrayList<>();
    byKind.forEach(
        (kind, originals) ->
            subjects.add(
                new Subject(
                    kind,
                    "picture." + kind,
                    originals,
                    (one, other, mutator) -> {
                      byte[] changed = mutator.mutate(one, other);
                      return kind.equals("png") ? Containers.checked(changed) : changed;
                    },
                    folder -> picture(Files.readAllBytes(folder.resolve("picture." + kind))))));
    return subjects;
  }

  private static void picture(byte[] content) throws Exception {
    RgbImage image = ImageDecoder.decode(content);
    ReferencePictures.compare(content, image);
  }

  private static Subject npy() {
    return Subject.plain(
        "npy",
        "array.npy",
        List.of(array().file(), NumpyArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).file()),
        folder -> {
          Path file = folder.resolve("array.npy");
          NumpyArray read = NumpyArray.read(file);
          assertThat(read.doubles()).isEqualTo(ReferenceArrays.npy(Files.readAllBytes(file)));
          if (read.type().equals("|u1")) {
            images(file);
          }
        });
  }

  private static NumpyArray array() {
    return NumpyArray.of(new byte[2 * 4 * 5 * 3], 2, 4, 5, 3);
  }

  private static void images(Path file) throws IOException {
    try (ImageSet set = ImageSet.read(file)) {
      for (RgbImage each : set.images()) {
        assertThat(each.rgb()).isNotEmpty();
      }
    }
  }

  private Subject npz() throws IOException {
    Path file = scratch.resolve("arrays.npz");
    NumpyArray images = array();
    List<String> names = IntStream.range(0, images.shape()[0]).mapToObj(i -> i + ".png").toList();
    NumpyArray.writeAll(
        file,
        Map.of(
            "arr_0", images,
            "mu", NumpyArray.of(new double[4], 4),
            "names", NumpyArray.of(names)));
    return Subject.zip(
        "npz",
        "arrays.npz",
        List.of(Files.readAllBytes(file)),
        folder -> {
          Path changed = folder.resolve("arrays.npz");
          NumpyArray.readAll(changed, name -> !name.equals("names"))
              .values()
              .forEach(NumpyArray::doubles);
          images(changed);
        });
  }

  private static Subject torch() throws IOException {
    return Subject.zip(
        "torch",
        "weights.pth",
        List.of(checkpoint("current.pth"), checkpoint("lightning.ckpt")),
        folder -> weights(folder.resolve("weights.pth")));
  }

  private static Subject oldTorch() throws IOException {
    return Subject.plain(
        "old torch",
        "weights.pt",
        List.of(checkpoint("legacy.pth"), checkpoint("lightning-legacy.ckpt")),
        folder -> weights(folder.resolve("weights.pt")));
  }

  private static byte[] checkpoint(String name) throws IOException {
    return Files.readAllBytes(CHECKPOINTS.resolve(name));
  }

  private static void weights(Path file) throws IOException {
    try (WeightFile weights = WeightFile.open(file)) {
      for (String name : weights.names()) {
        long length = 1;
        for (long side : weights.shape(name)) {
          length *= side;
        }
        assertThat(weights.read(name)).hasSize((int) length);
      }
    }
  }

  private Subject safetensors() throws IOException {
    Path file = scratch.resolve("weights.safetensors");
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a.weight", new Safetensors.Tensor(new long[] {2, 3}, new float[6]));
    tensors.put("b", new Safetensors.Tensor(new long[0], new float[] {7}));
    Safetensors.write(file, tensors, Map.of("step", "7"));
    return Subject.plain(
        "safetensors",
        "weights.safetensors",
        List.of(Files.readAllBytes(file)),
        folder -> {
          Path changed = folder.resolve("weights.safetensors");
          weights(changed);
          ReferenceArrays.compareSafetensors(changed);
        });
  }

  private Subject onnx() throws IOException {
    PatchCodes codes = new PatchCodes(OnnxGraph.INT64, PatchCodes.GRID, PatchCodes.GRID);
    Path encoder = codes.encoder(scratch.resolve("encoder.onnx"), 1);
    Path decoder = codes.decoder(scratch.resolve("decoder.onnx"), 1);
    Settings settings =
        Settings.of(
            OnnxTokenizer.settings(),
            Map.of(OnnxTokenizer.CODEBOOKS, String.valueOf(PatchCodes.CODES)));
    return Subject.plain(
        "ONNX",
        "model.onnx",
        List.of(Files.readAllBytes(encoder)),
        folder -> {
          Path model = folder.resolve("model.onnx");
          OnnxTokenizer.hashes(model, decoder);
          Optional<ImageSize> size = Optional.of(ImageSize.square(PatchCodes.SIDE));
          new OnnxTokenizer(model, decoder, settings, size).close();
        });
  }

  private Subject cifar() throws IOException {
    Path data = SmallData.cifar(scratch.resolve("cifar"), 4, 2);
    byte[] validation = Files.readAllBytes(data.resolve("test_batch.bin"));
    return Subject.plain(
        "CIFAR",
        "data_batch_1.bin",
        List.of(Files.readAllBytes(data.resolve("data_batch_1.bin"))),
        folder -> {
          Path other = Files.write(folder.resolve("test_batch.bin"), validation);
          CifarProvider provider = new CifarProvider();
          Settings settings = Settings.of(provider.settings(), Map.of());
          try {
            ImageDataset dataset = provider.open(folder.toString(), settings);
            byte[] records = Files.readAllBytes(folder.resolve("data_batch_1.bin"));
            for (int i = 0; i < dataset.size(Split.TRAIN); i++) {
              LabelledImage image = dataset.image(Split.TRAIN, i);
              assertThat(image.label()).isEqualTo(records[i * 3073]);
              assertThat(image.rgb()[3071]).isEqualTo(records[i * 3073 + 3072]);
            }
          } finally {
            Files.delete(other);
          }
        });
  }

  private static Subject runJson() throws IOException {
    return Subject.plain(
        "run.json",
        "run.json",
        List.of(Files.readAllBytes(RUN.resolve("run.json"))),
        ResultFiles::read);
  }

  private static List<byte[]> cells(String end) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(RUN)) {
      for (Path each : files.filter(file -> file.toString().endsWith(end)).sorted().toList()) {
        contents.add(Files.readAllBytes(each));
      }
    }
    return contents;
  }

  private static Subject resultJson() throws IOException {
    return Subject.plain(
        "result.json",
        "result.json",
        cells("result.json"),
        folder -> {
          Path cell = Files.createDirectories(folder.resolve("run/cells/a"));
          Files.copy(folder.resolve("result.json"), cell.resolve("result.json"));
          try {
            ResultFiles.readCell(folder.resolve("run"), "a");
          } finally {
            FolderTree.delete(folder.resolve("run"));
          }
        });
  }

  private static Subject replicatesJson() throws IOException {
    return Subject.plain(
        "replicates",
        "rfid-replicates.json",
        cells("replicates.json"),
        folder -> ResultFiles.readReplicates(folder, "rfid"));
  }

  private static Subject scores() {
    String text = "image,psnr,lpips\nval/1.png,21.5,0.25\n\"a, b\",1e-3,-0.5\n";
    return Subject.plain(
        "scores",
        "images.csv",
        List.of(text.getBytes(StandardCharsets.UTF_8)),
        folder -> ScoredImages.read(folder.resolve("images.csv")));
  }

  /** A baseline, as the gate reads it. */
  private Subject baseline() throws IOException {
    Path file = scratch.resolve("gate.json");
    assertThat(command("gate", RUN.toString(), "--baseline", file.toString(), "--update"))
        .isEmpty();
    return Subject.plain(
        "baseline",
        "gate.json",
        List.of(Files.readAllBytes(file)),
        folder -> {
          String complaint =
              command("gate", RUN.toString(), "--baseline", folder.resolve("gate.json").toString());
          if (!complaint.isEmpty()) {
            throw new UsageException(complaint);
          }
        });
  }

  /** What a command says on standard error where it ends with code 2; more where it should not. */
  static String command(String... arguments) {
    Outcome outcome = Outcome.of(arguments);
    assertThat(outcome.err()).doesNotContain("\tat ");
    return outcome.code() == 2 ? outcome.err().strip() : "";
  }

  private Subject yaml() throws IOException {
    List<byte[]> originals = new ArrayList<>();
    for (String each : Experiment.BUILT_IN) {
      originals.add(Experiment.yaml(each).getBytes(StandardCharsets.UTF_8));
    }
    originals.add(Experiment.explained().getBytes(StandardCharsets.UTF_8));
    Plugins plugins = Plugins.discover(scratch.resolve("none"));
    return Subject.plain(
        "YAML",
        "experiment.yaml",
        originals,
        folder -> {
          Experiment experiment = Experiment.load(folder.resolve("experiment.yaml").toString());
          new RunPlan(experiment, "quick", Map.of(), plugins).cells(Map.of());
        });
  }

  private Subject jar() throws IOException {
    Path work = Files.createDirectories(scratch.resolve("work"));
    Path source = work.resolve("GreyProvider.java");
    Files.writeString(source, PluginJarTest.source());
    Sources.compile(List.of(source), work);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (Stream<Path> classes = Files.list(work.resolve("sample"))) {
      for (Path each : classes.sorted().toList()) {
        entries.put("sample/" + each.getFileName(), Files.readAllBytes(each));
      }
    }
    entries.put(
        "META-INF/services/dev.vernier.spi.TokenizerProvider",
        "sample.GreyProvider\n".getBytes(StandardCharsets.UTF_8));
    return Subject.zip("jar", "plugin.jar", List.of(Containers.zip(entries)), Plugins::discover);
  }
}
