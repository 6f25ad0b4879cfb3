package dev.vernier.harness.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vernier.harness.files.OutputFile;
import dev.vernier.harness.files.OutputFolder;
import dev.vernier.harness.images.NpzImages;
import dev.vernier.harness.images.NumpyArray;
import dev.vernier.harness.images.PngImage;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.ResultFiles;
import dev.vernier.records.WholeFile;
import dev.vernier.spi.DatasetSpec;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The images that are measured, as files for other tools: what these make of them pairs with them
 * by name, or in an array without names by order. A name is the image's {@link LabelledImage#id id}
 * with another extension.
 *
 * @param images those that are measured
 */
public record ExportedImages(ReferenceImages images) {
  /** What a folder says of the images in it. */
  private static final String MANIFEST = "export.json";

  /** The names in their order, a line each; last to appear. */
  private static final String NAMES = "names.txt";

  /** What is in a folder beside the images. */
  static final Set<String> BESIDE_IMAGES = Set.of(MANIFEST, NAMES);

  private static final int PART = 64;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** What takes image after image. */
  private interface Target {
    void add(String name, LabelledImage image) throws IOException;
  }

  /**
   * Looks whether something may be written to; writes nothing.
   *
   * @param target as {@link #write} has it
   * @throws UsageException if there is such a file, or the folder holds no export
   */
  public static void refuseOthers(Path target) throws IOException {
    if (isArray(target)) {
      refuseFile(target);
    } else {
      boolean own = Files.exists(target.resolve(MANIFEST));
      new OutputFolder(target, "folder").refuseOthers(entry -> own);
    }
  }

  private static boolean isArray(Path target) {
    return target.toString().endsWith(".npz");
  }

  private static void refuseFile(Path file) throws IOException {
    new OutputFile(file, "name").refuseOthers(there -> false);
  }

  /**
   * Writes all of them.
   *
   * @param target a {@code .npz} file, else a folder
   * @throws UsageException as {@link #writeArray} and {@link #writeFolder}
   */
  public void write(Path target, Progress progress) throws IOException {
    if (isArray(target)) {
      writeArray(target, progress);
    } else {
      writeFolder(target, progress);
    }
  }

  /**
   * Writes a folder: a PNG each, {@value #MANIFEST} with the hash of the dataset, and {@value
   * #NAMES} with their names in the order in which they are measured. A folder that holds the same
   * export, whole or in part, is written again.
   *
   * @throws UsageException if the folder holds anything else, or two images would have one name
   */
  void writeFolder(Path folder, Progress progress) throws IOException {
    byte[] manifest = manifest();
    refuseOthers(folder);
    refuseOtherImages(folder, manifest);
    // First, so that an export that was cut short is known for what it is.
    ResultFiles.writeWhole(folder.resolve(MANIFEST), manifest);
    WholeFile.clear(folder);
    List<String> names =
        forEach(
            (name, image) -> ResultFiles.writeWhole(folder.resolve(name), PngImage.of(image)),
            progress);
    ResultFiles.writeWhole(
        folder.resolve(NAMES), (String.join("\n", names) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a {@code .npz} file: {@code arr_0}, uint8 {@code [N, height, width, 3]}, and {@code
   * names}.
   *
   * @throws UsageException if there is such a file, or two images would have one name
   */
  void writeArray(Path file, Progress progress) throws IOException {
    refuseFile(file);
    WholeFile.write(
        file,
        beside -> {
          try (NpzImages all =
              new NpzImages(beside, images.count(), images.dataset().spec().imageSize())) {
            List<String> names = forEach((name, image) -> all.add(image), progress);
            all.add(ArrayImages.NAMES, NumpyArray.of(names));
          }
        });
  }

  /** Passes every image on, and tells the names of all. */
  private List<String> forEach(Target target, Progress progress) throws IOException {
    List<String> names = new ArrayList<>();
    Map<String, String> stems = new HashMap<>();
    for (int first = 0; first < images.count(); first += PART) {
      for (LabelledImage image : images.from(first, PART)) {
        String stem = stem(image);
        String before = stems.put(stem, image.id());
        if (before != null) {
          throw new UsageException(
              images.dataset().spec().name()
                  + " has "
                  + before
                  + " and "
                  + image.id()
                  + ", whose reconstructions would have one name: rename one of them");
        }
        names.add(stem + ".png");
        target.add(stem + ".png", image);
      }
      progress.update("write images", Math.min(images.count(), first + PART), images.count(), "");
    }
    return names;
  }

  private static String stem(LabelledImage image) {
    String stem = ImageSet.stem(image.id());
    Path path = Path.of(stem);
    if (path.isAbsolute() || !path.normalize().equals(path) || stem.startsWith("..")) {
      throw new UsageException(
          "an image called '" + image.id() + "' cannot be a file of that name: rename it");
    }
    return stem;
  }

  private byte[] manifest() throws IOException {
    DatasetSpec data = images.dataset().spec();
    ObjectNode json = JSON.createObjectNode();
    json.put("dataset", data.hash());
    json.put("image-size", data.imageSize().text());
    json.put("images", images.count());
    return JSON.writeValueAsBytes(json);
  }

  private static void refuseOtherImages(Path folder, byte[] manifest) throws IOException {
    Path file = folder.resolve(MANIFEST);
    if (Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), manifest)) {
      throw new UsageException(
          folder + " holds other images that were exported: choose another folder");
    }
  }
}
