package dev.vernier.harness.evaluation;

import dev.vernier.harness.images.SampleGrid;
import dev.vernier.harness.metrics.FeatureMatrix;
import dev.vernier.spi.LabelledImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * A picture of generated images, a row a class: {@value #SHOWN} of them, then, after a white one,
 * the training images nearest in feature space to the first {@value #NEAREST}. Of many classes it
 * shows {@value #CLASSES}, taken evenly.
 */
final class ClassPicture {
  private static final int CLASSES = 10;
  private static final int SHOWN = 8;
  private static final int NEAREST = 2;

  private final int classes;
  private final Map<Integer, List<Shown>> rows = new TreeMap<>();

  /** An image and its number in the series, by which its features are found. */
  private record Shown(LabelledImage image, int number) {}

  /** An empty picture of so many classes. */
  ClassPicture(int classes) {
    this.classes = classes;
  }

  /**
   * Takes the images that it shows.
   *
   * @param first number of the first one in the series
   */
  void add(List<LabelledImage> images, int first) {
    for (int i = 0; i < images.size(); i++) {
      LabelledImage image = images.get(i);
      List<Shown> row = rows.getOrDefault(image.label(), List.of());
      if (shows(image.label()) && row.size() < SHOWN) {
        rows.computeIfAbsent(image.label(), label -> new ArrayList<>())
            .add(new Shown(image, first + i));
      }
    }
  }

  private boolean shows(int label) {
    int shown = Math.min(CLASSES, classes);
    for (int i = 0; i < shown; i++) {
      if ((long) i * classes / shown == label) {
        return true;
      }
    }
    return false;
  }

  /**
   * The PNG file.
   *
   * @param generated features of the series
   * @param training features of the training images
   * @param image a training image by its row in those
   */
  byte[] png(FeatureMatrix generated, FeatureMatrix training, IntFunction<LabelledImage> image)
      throws IOException {
    int width = rows.values().stream().mapToInt(List::size).min().orElseThrow();
    List<List<LabelledImage>> picture = new ArrayList<>();
    for (List<Shown> row : rows.values()) {
      List<LabelledImage> images = new ArrayList<>();
      row.subList(0, width).forEach(each -> images.add(each.image()));
      images.add(white(row.get(0).image()));
      for (Shown each : row.subList(0, Math.min(NEAREST, width))) {
        images.add(image.apply(nearest(generated, each.number(), training)));
      }
      picture.add(images);
    }
    return SampleGrid.png(picture);
  }

  private static LabelledImage white(LabelledImage like) {
    byte[] rgb = new byte[like.rgb().length];
    Arrays.fill(rgb, (byte) 0xff);
    return new LabelledImage("white", -1, like.size(), rgb);
  }

  private static int nearest(FeatureMatrix generated, int row, FeatureMatrix training) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    int columns = training.columns();
    for (int i = 0; i < training.rows(); i++) {
      double squared = 0;
      for (int c = 0; c < columns; c++) {
        double difference =
            training.values()[i * columns + c] - generated.values()[row * columns + c];
        squared += difference * difference;
      }
      if (squared < least) {
        least = squared;
        nearest = i;
      }
    }
    return nearest;
  }
}
