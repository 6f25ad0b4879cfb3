package dev.vernier.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vernier.harness.images.NumpyArray;
import dev.vernier.tests.features.LpipsFiles;
import dev.vernier.tests.onnx.PatchNet;
import dev.vernier.weights.Safetensors;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wrong use gets exit code 2 and one line that says what is wrong. */
class BadInputTest {
  @TempDir static Path folder;

  @BeforeAll
  static void prepare() throws Exception {
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(folder.resolve("broken.yaml"), "name: x\nmethods: [\n");
    Files.writeString(folder.resolve("misspelt.yaml"), "name: x\nmethds: []\n");
    Files.createDirectories(folder.resolve("cut"));
    Files.write(folder.resolve("cut/data_batch_1.bin"), new byte[100]);
    Files.createDirectories(folder.resolve("jars"));
    Files.writeString(folder.resolve("jars/broken.jar"), "no zip");
    Files.createDirectories(folder.resolve("text"));
    Files.writeString(folder.resolve("text/notes.txt"), "no image");
    Files.createDirectories(folder.resolve("begun"));
    Files.writeString(folder.resolve("begun/run.json"), "{");
    Files.createDirectories(folder.resolve("done"));
    Files.writeString(
        folder.resolve("done/run.json"),
        """
        {"schemaVersion": 1, "experiment": "fig1", "cells": [],
         "provenance": {"version": "0.1.0", "commit": "abc"}}
        """);
    Files.writeString(
        folder.resolve("finding.yaml"),
        """
        name: x
        methods: [{method: A, tokenizer: vqgan}]
        findings: [{name: F1, claim: c, checks: [{metric: rfid, method: A, lower-than: B}]}]
        """);
    String method = "methods:\n  - method: A\n    tokenizer: vqgan\n";
    Files.writeString(folder.resolve("null.yaml"), "name: x\n" + method + "    settings:\n");
    Files.writeString(
        folder.resolve("comma.yaml"), "name: x\n" + method + "    grid: {codebook-size: ','}\n");
    Files.writeString(folder.resolve("elsewhere.yaml"), "name: ../x\n" + method);
    Files.writeString(folder.resolve("bracket.yaml"), "name: no such (x\n" + method);
    Files.write(folder.resolve("latin.yaml"), new byte[] {'n', (byte) 0xe9});
    Files.createDirectories(folder.resolve("newer"));
    Files.writeString(folder.resolve("newer/run.json"), "{\"schemaVersion\": 99}");
    Files.createDirectories(folder.resolve("written"));
    Files.writeString(folder.resolve("written/weights.safetensors"), "");
    Files.writeString(
        folder.resolve("written/tokenizer.json"), "{\"tokenizer\": \"vqgan\", \"settings\": {}}");
    Files.createDirectories(folder.resolve("damaged"));
    Files.writeString(folder.resolve("damaged/tokenizer.json"), "{\"tokenizer\":");
    for (String weights : List.of("nowhere", "empty", "damaged", "written", "text/notes.txt")) {
      Files.writeString(
          folder.resolve("given-" + weights.replace('/', '-') + ".yaml"),
          "name: x\nmethods: [{method: A, weights: " + weights + "}]\n");
    }
    pictures("pair", 8, "a.png", "b.png");
    pictures("tall", 10, "a.png", "b.png");
    pictures("partly", 8, "b.png", "c.png");
    pictures("twice", 8, "a.png", "a.jpg");
    pictures("cutoff", 8, "0.png", "1.png");
    byte[] whole = Files.readAllBytes(folder.resolve("cutoff/1.png"));
    Files.write(folder.resolve("cutoff/1.png"), Arrays.copyOf(whole, whole.length / 2));
    pictures("unlabelled/train/cat", 8, "a.png");
    pictures("unlabelled/train/dog", 8, "b.png");
    pictures("unlabelled/val", 8, "c.png", "d.png");
    LpipsFiles.writeLinear(LpipsFiles.Backbone.VGG, folder.resolve("vgg-linear.safetensors"), 1);
    Safetensors.write(
        folder.resolve("alex-linear.safetensors"),
        Map.of(
            "lin1.model.1.weight",
            new Safetensors.Tensor(new long[] {1, 192, 1, 1}, new float[192])),
        Map.of());
    NumpyArray.writeAll(
        folder.resolve("nan.npz"),
        Map.of(
            "mu", NumpyArray.of(new double[] {0, Double.NaN}, 2),
            "sigma", NumpyArray.of(new double[] {1, 0, 0, 1}, 2, 2)));
    PatchNet.random(8, 1).global(folder.resolve("teacher.onnx"), 1, 3, 16, 16);
  }

  static Stream<Arguments> inputs() {
    return Stream.of(
        bad("did you mean 'run'", "rnu"),
        bad("did you mean --data", "run", "fig1", "--dat", "synthetic"),
        bad("did you mean 'fig1'", "run", "fig11"),
        bad("did you mean 'codebook-size'", "run", "fig1", "--set", "codebok-size=4"),
        bad("setting codebook-size cannot be '0'", "run", "fig1", "--set", "codebook-size=0"),
        bad("setting steps cannot be 'many'", "run", "fig1", "--set", "steps=many"),
        bad(
            "generator-steps is for generators, and this run has none: leave it out",
            "run",
            "fig1",
            "--set",
            "generator-steps=5"),
        bad("--set takes KEY=VALUE, not 'steps'", "run", "fig1", "--set", "steps"),
        bad(
            "the setting steps is given twice, as '1' and as '2'",
            "run",
            "fig1",
            "--set",
            "steps=1",
            "--set",
            "steps=2"),
        bad("the setting seeds is given twice", "run", "fig1", "--seeds", "1", "--set", "seeds=2"),
        bad(
            "the setting data is given twice",
            "run",
            "fig1",
            "--data",
            "synthetic",
            "--set",
            "data=cifar10:x"),
        bad(
            "the setting axis is given twice",
            "report",
            "empty",
            "--set",
            "axis=bits",
            "--set",
            "axis=bits"),
        bad(
            "heads 5 do not divide width",
            onFewImages("run", "table4", "--set", "generator.heads=5")),
        bad(
            "begins at adversarial-start 300 and training ends after 300 steps: lower",
            onFewImages(
                "run",
                "fig1",
                "--set",
                "adversarial-weight=0.5",
                "--set",
                "adversarial-start=300",
                "--set",
                "steps=300")),
        bad(
            "class-dropout 0 trains no null class",
            onFewImages("run", "table4", "--set", "generator.class-dropout=0")),
        bad(
            "images fit, lower the batch size",
            onFewImages("run", "table4", "--set", "generator-batch-size=65536")),
        bad(
            "there is no nowhere.npz: name training, validation, or an .npz file of statistics",
            onFewImages("run", "table4", "--set", "reference=nowhere.npz")),
        bad("--workers cannot be -1", "run", "fig1", "--workers", "-1"),
        bad(
            "--cell-memory decides how many workers",
            "run",
            "fig1",
            "--workers",
            "2",
            "--cell-memory",
            "2048"),
        bad("this build has no Spark: ", "run", "fig1", "--executor", "spark"),
        bad("there is no executor 'sparks'", "run", "fig1", "--executor", "sparks"),
        bad("--ship is for a cluster: add --executor spark", "run", "fig1", "--ship"),
        bad("--conf is for a cluster: add --spark.master", "doctor", "--conf", "spark.a=1"),
        bad("did you mean 'quick'", "run", "fig1", "--scale", "quik"),
        bad("there is no dataset 'imagenet'", data("imagenet:/x")),
        bad("there is no folder", data("folder:/no/such/folder")),
        bad("holds no files", data("folder:" + folder.resolve("empty"))),
        bad("no usable images", data("folder:" + folder.resolve("text"))),
        bad("is damaged", data("cifar10:" + folder.resolve("cut"))),
        bad("is not an experiment", "run", folder.resolve("broken.yaml").toString()),
        bad("did you mean 'methods'", "run", folder.resolve("misspelt.yaml").toString()),
        bad("line 5: 'settings' has no value", experiment("null.yaml")),
        bad("the grid of 'codebook-size' has an empty value", experiment("comma.yaml")),
        bad("'name' cannot be '../x'", experiment("elsewhere.yaml")),
        bad("is not UTF-8 text", experiment("latin.yaml")),
        bad("A: there are no weights " + folder.resolve("nowhere"), given("nowhere")),
        bad("A: " + folder.resolve("empty") + " does not say which tokenizer", given("empty")),
        bad("tokenizer.json is damaged", given("damaged")),
        bad("A: " + folder.resolve("written"), given("written")),
        bad("name one with 'tokenizer'", given("text-notes.txt")),
        bad("'settings' of A", given("written", "--set", "codebook-size=3")),
        bad(
            "there is no run of no such (x",
            "run",
            folder.resolve("bracket.yaml").toString(),
            "--resume"),
        bad("'a?b' cannot name a file", "run", "a\0b"),
        bad("'a?b' cannot name a file", "run", "fig1", "--out", "a\0b"),
        bad("perceptual.*: LPIPS needs two files", unused("perceptual.weights=x")),
        bad("lpips.*: LPIPS needs two files", unused("lpips.linear=x")),
        bad("did you mean 'weights'", unused("perceptual.weihts=x")),
        bad("there is no weight file x", lpips("x", "x")),
        bad("torchvision's classifier vgg: missing [features.0.bias", lpips(linear(), linear())),
        bad("the linear layers of LPIPS with vgg: missing", lpips(linear(), alexLinear())),
        bad("broken.jar is not a jar", "list", "--plugins", folder.resolve("jars").toString()),
        bad("--resume", "run", "fig1", "--out", folder.resolve("begun").toString()),
        bad("is damaged", "report", folder.resolve("begun").toString()),
        bad("schema version 99", "report", folder.resolve("newer").toString()),
        bad("there is no", "report", folder.resolve("nowhere").toString()),
        bad(
            "did you mean 'axis'",
            "report",
            folder.resolve("done").toString(),
            "--set",
            "axs=bits"),
        bad(
            "one of both, size, bits",
            "report",
            folder.resolve("done").toString(),
            "--set",
            "axis=x"),
        bad("columns cannot be ',,'", "report", path("done"), "--set", "columns=,,"),
        bad("columns cannot be 'rfid,'", "report", path("done"), "--set", "columns=rfid,"),
        bad("is given twice: name it once", "compare", path("done"), "A=" + path("done")),
        bad("'codebooks' cannot hold '0'", "compare", "A=onnx:e,d,codebooks=64+0", path("pair")),
        bad(
            "'codebooks' cannot hold '-1'",
            "compare",
            "A=%s,codes=c.npy,codebooks=-1".formatted(path("pair")),
            path("pair")),
        bad(
            "nan.npz holds NaN in mu: compute the statistics again",
            onFewImages("run", "table4", "--set", "reference=" + path("nan.npz"))),
        bad("nan.npz holds NaN in mu", score("nan.npz", "pair", "--data", "synthetic")),
        bad("leave --out out, FID is printed", statistics("--out", path("unused"))),
        bad("leave --name out, FID is printed", statistics("--name", "Mine")),
        bad("leave lpips.* out", statistics("--set", "lpips.linear=x")),
        bad("finding F1: there is no method 'B'", "run", folder.resolve("finding.yaml").toString()),
        bad("did you mean 'vqgan'", "train", "--tokenizer", "vqgn", "--out", "x"),
        bad("nothing in this run learns from a teacher", training("vqgan", "--teacher", "x.onnx")),
        bad("did you mean 'teacher.semantic'", learning("--teacher", "smantic=x.onnx")),
        bad("did you mean 'teacher.side'", learning("--set", "teacher.sid=8")),
        bad("there are settings of a teacher and no", learning("--set", "teacher.side=8")),
        bad(
            "there is no setting 'colours'",
            learning("--teacher", "x.onnx", "--set", "teacher.semantic.colours=none")),
        bad("leave one out", learning("--teacher", "x.onnx", "--teacher", "y.onnx")),
        bad(
            "leave out the --teacher without a name",
            learning("--teacher", "x.onnx", "--teacher", "semantic=y.onnx")),
        bad("there is no readable file", learning("--teacher", "semantic=/no/such.onnx")),
        bad(
            "is not an ONNX model",
            learning("--teacher", folder.resolve("text/notes.txt").toString())),
        bad(
            "the net that scores cannot be a teacher",
            learning(
                "--teacher",
                folder.resolve("teacher.onnx").toString(),
                "--features",
                "onnx",
                "--set",
                "features.file=" + folder.resolve("teacher.onnx"))),
        bad("lfq: codebook-size 1000 is not a power of two", small("lfq", "codebook-size=1000")),
        bad("vqgan: groups 7 do not divide", small("vqgan", "groups=7")),
        bad("cannot be halved 6 times", small("vq-lc", "multipliers=1,2,2,2,2,2,2")),
        bad("fqgan-dual: adapter-heads 7", small("fqgan-dual", "adapter-heads=7")),
        bad("no validation image says its class", generating("unlabelled")),
        bad("has 64 validation images", small("vqgan", "images=65")),
        bad("there is no folder '/no/such'", "list", "--plugins", "/no/such"),
        bad("check --plugins", training("vqgan", "--plugins", "/no/such")),
        bad("--teacher is empty", learning("--teacher", "")),
        bad("name it with --tokenizer", "eval", "--weights", folder.resolve("empty").toString()),
        bad("there are no weights", "eval", "--tokenizer", "vqgan", "--weights", "/no/such"),
        bad("--weights is empty", "eval", "--weights", ""),
        bad(
            "use 'vernier compare %s %s'"
                .formatted(folder.resolve("written"), folder.resolve("damaged")),
            eval("written", folder.resolve("damaged").toString())),
        bad("use --weights", "eval", "--weights", folder.resolve("done").toString()),
        bad("tokenizer.json is damaged", eval("damaged")),
        bad("belongs to vqgan, not to lfq", eval("written", "--tokenizer", "lfq")),
        bad("one of the files that a training wrote", eval("written/weights.safetensors")),
        bad("is not a checkpoint that a tokenizer here knows", eval("text/notes.txt")),
        bad(
            "neither a safetensors nor a PyTorch file",
            eval("text/notes.txt", "--tokenizer", "vqgan")),
        bad("does not use the setting steps", score("text", "text", "--set", "steps=77")),
        bad("does not use the setting steps", eval("written", "--set", "steps=77")),
        bad("does not use the setting teacher.side", eval("written", "--set", "teacher.side=8")),
        bad(
            "does not use the setting reference",
            "compare",
            path("pair"),
            path("tall"),
            "--set",
            "reference=validation"),
        bad(
            "papers measure squares, not images of 10 x 8",
            score("pair", "tall", "--set", "protocols=llamagen")),
        bad("has a.png, which has no partner", score("pair", "partly")),
        bad("has a.jpg and a.png", score("pair", "twice")),
        bad("there is no /no/such", "score", "/no/such", folder.resolve("empty").toString()),
        bad("REAL is empty", "score", "", folder.resolve("pair").toString()),
        bad("OTHER is empty", "score", folder.resolve("pair").toString(), " "),
        bad("--out is empty", "run", "fig1", "--out", ""),
        bad("--plugins is empty", "list", "--plugins", ""),
        bad("notes.txt is a file: choose another --out", on("text/notes.txt", "run", "fig1")),
        bad("notes.txt is a file", on("text/notes.txt", "train", "--tokenizer", "vqgan")),
        bad("notes.txt is a file", on("text/notes.txt/below", "run", "fig1")),
        bad("notes.txt is a file: choose another --out", on("text/notes.txt", done("report"))),
        bad("text holds something else already: choose another --out", on("text", "run", "fig1")),
        bad("text holds something else", on("text", "run", "fig1", "--resume")),
        bad("text holds something else", on("text", "train", "--tokenizer", "vqgan")),
        bad("text holds something else", on("text", score("pair", "pair"))),
        bad("text holds something else", on("text", "compare", path("pair"), path("tall"))),
        bad("text holds something else", on("text", done("report"))),
        bad("text holds something else", "export", "--data", "synthetic", path("text")),
        bad("text holds something else", "new", "tokenizer", "my-vq", path("text")),
        bad(
            "notes.txt is there already: remove it, or choose another --save-stats",
            score("pair", "pair", "--save-stats", path("text/notes.txt"))),
        bad(
            "notes.txt is a file: choose another --tensorboard",
            training("vqgan", "--tensorboard", path("text/notes.txt"))),
        bad("has no class folders to train a scoring net on", score("pair", "pair")),
        bad("1.png is not a usable image (truncated PNG)", score("cutoff", "cutoff")),
        bad("notes.txt is not an .npz or .npy file", score("text/notes.txt", "pair")));
  }

  private static String path(String below) {
    return folder.resolve(below).toString();
  }

  private static String[] done(String command) {
    return new String[] {command, folder.resolve("done").toString()};
  }

  private static String[] on(String target, String... begin) {
    Stream<String> out = Stream.of("--out", folder.resolve(target).toString());
    return Stream.concat(Arrays.stream(begin), out).toArray(String[]::new);
  }

  private static String[] lpips(String weights, String linear) {
    return unused("perceptual.weights=" + weights, "perceptual.linear=" + linear);
  }

  /** A run with settings, in a folder that must not be there afterwards. */
  private static String[] unused(String... settings) {
    List<String> arguments = new ArrayList<>(List.of("run", "fig1", "--out"));
    arguments.add(folder.resolve("unused").toString());
    arguments.addAll(Program.set(settings));
    return arguments.toArray(String[]::new);
  }

  private static String[] generating(String data) {
    String[] arguments = data("folder:" + folder.resolve(data));
    arguments[1] = "table4";
    return arguments;
  }

  private static String[] experiment(String file) {
    String[] arguments = unused();
    arguments[1] = folder.resolve(file).toString();
    return arguments;
  }

  private static String[] given(String weights, String... more) {
    Stream<String> begin = Arrays.stream(experiment("given-" + weights + ".yaml"));
    return Stream.concat(begin, Arrays.stream(more)).toArray(String[]::new);
  }

  private static String[] data(String spec) {
    return Stream.concat(Arrays.stream(unused()), Stream.of("--data", spec)).toArray(String[]::new);
  }

  private static String[] eval(String weights, String... more) {
    Stream<String> begin = Stream.of("eval", "--weights", folder.resolve(weights).toString());
    return Stream.concat(begin, Arrays.stream(more)).toArray(String[]::new);
  }

  private static String[] score(String real, String other, String... more) {
    Stream<String> begin =
        Stream.of("score", folder.resolve(real).toString(), folder.resolve(other).toString());
    return Stream.concat(begin, Arrays.stream(more)).toArray(String[]::new);
  }

  /** Images against statistics, of which there are no pairs. */
  private static String[] statistics(String... more) {
    Stream<String> begin = Arrays.stream(score("nan.npz", "pair", "--data", "synthetic"));
    return Stream.concat(begin, Arrays.stream(more)).toArray(String[]::new);
  }

  private static void pictures(String name, int height, String... files) throws Exception {
    Path target = Files.createDirectories(folder.resolve(name));
    for (String file : files) {
      BufferedImage image = new BufferedImage(8, height, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(image, "png", target.resolve(file).toFile());
    }
  }

  private static String linear() {
    return folder.resolve("vgg-linear.safetensors").toString();
  }

  private static String alexLinear() {
    return folder.resolve("alex-linear.safetensors").toString();
  }

  private static String[] training(String tokenizer, String... more) {
    Stream<String> begin =
        Stream.of("train", "--tokenizer", tokenizer, "--out", folder.resolve("out").toString());
    return Stream.concat(begin, Arrays.stream(more)).toArray(String[]::new);
  }

  /** A training on few images, in a folder that must not be there afterwards. */
  private static String[] small(String tokenizer, String setting) {
    String[] settings = {"data.training-images=64", "data.validation-images=64", setting};
    List<String> arguments = new ArrayList<>(List.of("train", "--tokenizer", tokenizer, "--out"));
    arguments.add(folder.resolve("unused").toString());
    arguments.addAll(Program.set(settings));
    return arguments.toArray(String[]::new);
  }

  private static String[] learning(String... more) {
    Stream<String> begin = Stream.of("--set", "representation-weight=1");
    return onFewImages(
        training("fqgan-dual", Stream.concat(begin, Arrays.stream(more)).toArray(String[]::new)));
  }

  /** What is refused only once the images are there need not wait for many. */
  private static String[] onFewImages(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(Program.set("data.training-images=64", "data.validation-images=64"));
    return all.toArray(String[]::new);
  }

  private static Arguments bad(String message, String... arguments) {
    return Arguments.of(message, List.of(arguments));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("inputs")
  void badInput_getsOneLineAndCodeTwo(String message, List<String> arguments) {
    Outcome outcome = Outcome.of(arguments.toArray(String[]::new));
    String text = outcome.err();
    assertThat(outcome.code()).as(text).isEqualTo(2);
    assertThat(text.lines().toList()).as(text).singleElement().asString().contains(message);
    assertThat(folder.resolve("unused")).doesNotExist();
    assertThat(folder.resolve("text").toFile().list()).containsExactly("notes.txt");
    assertThat(folder.resolve("text/notes.txt")).hasContent("no image");
  }
}
