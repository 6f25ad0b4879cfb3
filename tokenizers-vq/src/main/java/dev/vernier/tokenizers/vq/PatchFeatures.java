package dev.vernier.tokenizers.vq;

import dev.vernier.engine.memory.Floats;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.Features;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.RandomOrder;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Patch features of training images, as a frozen vision model sees them.
 *
 * @param dataset the images
 * @param model the vision model
 */
record PatchFeatures(ImageDataset dataset, FeatureExtractor model) {
  private static final int BATCH = 64;

  /** The training images of each class that has any; one group where there are no classes. */
  List<int[]> groups() {
    int count = dataset.size(Split.TRAIN);
    int classes = dataset.spec().classes().size();
    List<List<Integer>> groups = new ArrayList<>();
    for (int label = 0; label < Math.max(1, classes); label++) {
      groups.add(new ArrayList<>());
    }
    for (int i = 0; i < count; i++) {
      int label = classes == 0 ? 0 : dataset.label(Split.TRAIN, i);
      groups.get(label).add(i);
    }
    return groups.stream()
        .filter(group -> !group.isEmpty())
        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /**
   * Patches of images: all of them, or an even share of each image's where there are more than
   * wanted.
   *
   * @param images indices into the training split
   * @param most how many patches are wanted, at most; as many as an array of floats can hold
   * @return {@code [patches, spatialDimension]}
   */
  float[] of(int[] images, int most, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    int[] chosen = images.clone();
    RandomOrder.shuffle(chosen, random);
    int used = Math.min(most, chosen.length);
    int share = most / used;
    int dimension = model.spec().spatialDimension();
    float[] patches = new float[0];
    int count = 0;
    for (int from = 0; from < used; from += BATCH) {
      int to = Math.min(used, from + BATCH);
      try (Features features = features(chosen, from, to)) {
        INDArray spatial = features.spatial().orElseThrow();
        float[] values = Floats.all(spatial);
        int area = (int) (spatial.size(2) * spatial.size(3));
        int each = Math.min(share, area);
        if (patches.length == 0) {
          patches = new float[used * each * dimension];
        }
        for (int n = 0; n < to - from; n++) {
          for (int place : RandomOrder.some(area, each, random)) {
            for (int i = 0; i < dimension; i++) {
              patches[count * dimension + i] = values[(n * dimension + i) * area + place];
            }
            count++;
          }
        }
      }
    }
    requireFinite(patches);
    return patches;
  }

  private Features features(int[] chosen, int from, int to) {
    List<LabelledImage> images =
        Arrays.stream(chosen, from, to).mapToObj(i -> dataset.image(Split.TRAIN, i)).toList();
    try (INDArray batch = Pixels.toArray(images)) {
      return model.extract(batch);
    }
  }

  private void requireFinite(float[] patches) {
    for (float value : patches) {
      if (!Float.isFinite(value)) {
        throw new UsageException(
            "the spatial features of "
                + model.spec().name()
                + " hold "
                + value
                + ": check the model and its normalization");
      }
    }
  }
}
