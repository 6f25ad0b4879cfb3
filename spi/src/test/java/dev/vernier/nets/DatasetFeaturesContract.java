package dev.vernier.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Initializer;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Features;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What features of a dataset's own net must be, whatever its architecture. */
@Tag("numerics")
abstract class DatasetFeaturesContract {
  static final ImageSize SIZE = new ImageSize(12, 20);
  static final int CLASSES = 3;

  private static final FeatureSpec SPEC =
      new FeatureSpec("dataset", Classifier.DIMENSION, CLASSES, Classifier.DIMENSION, "0", false);

  private final Classifier net;
  private final DatasetFeatures features;

  DatasetFeaturesContract(Classifier net) {
    this.net = net;
    this.features = new DatasetFeatures(SPEC, net, DatasetFeatures.fresh(net));
  }

  @AfterEach
  void close() {
    features.close();
  }

  @Test
  void weightsOfAnotherNet_areClosed() {
    Graph graph = new Graph();
    graph.parameter("another", Initializer.fanIn(3), 3, 3);
    Parameters weights = Parameters.initialize(graph, 0);
    assertThatThrownBy(() -> new DatasetFeatures(SPEC, net, weights))
        .hasMessageContaining("there is no parameter");
    assertThat(weights.values().wasClosed()).isTrue();
  }

  @Test
  void size_isTheImagesOwn_orTheLargestPartThatIsSmallEnough() {
    assertThat(Classifier.sizeFor(ImageSize.square(32))).isEqualTo(ImageSize.square(32));
    assertThat(Classifier.sizeFor(ImageSize.square(256))).isEqualTo(ImageSize.square(64));
    assertThat(Classifier.sizeFor(ImageSize.square(150))).isEqualTo(ImageSize.square(50));
    assertThat(Classifier.sizeFor(ImageSize.square(67))).isEqualTo(ImageSize.square(67));
    assertThatThrownBy(() -> Classifier.sizeFor(ImageSize.square(268)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("cannot reduce images of 268 x 268 pixels");
    assertThat(Classifier.sizeFor(new ImageSize(54, 96))).isEqualTo(new ImageSize(27, 48));
    assertThat(Classifier.sizeFor(new ImageSize(256, 128))).isEqualTo(new ImageSize(64, 32));
  }

  private static INDArray images(int count) {
    float[] pixels = new float[count * 3 * SIZE.area()];
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (2 * random.nextDouble() - 1);
    }
    return Nd4j.createFromArray(pixels).reshape(count, 3, SIZE.height(), SIZE.width());
  }

  @Test
  void features_dependOnThePlaceInTheBatch_byRoundingAlone() {
    try (INDArray images = images(37);
        Features all = features.extract(images)) {
      for (int i : new int[] {0, 7, 30, 31, 36}) {
        try (INDArray one = images.get(NDArrayIndex.interval(i, i + 1)).dup('c');
            Features alone = features.extract(one)) {
          assertClose(alone.pooled(), row(all.pooled(), i));
          assertClose(alone.logits().orElseThrow(), row(all.logits().orElseThrow(), i));
          assertClose(alone.spatial().orElseThrow(), row(all.spatial().orElseThrow(), i));
          float[] layout = row(all.layout().orElseThrow(), i);
          assertClose(alone.layout().orElseThrow(), layout);
          int places =
              (int) (all.spatial().orElseThrow().size(2) * all.spatial().orElseThrow().size(3));
          float[] map = row(all.spatial().orElseThrow(), i);
          for (int at = 0; at < 7 * places; at++) {
            assertThat(layout[at]).isEqualTo(map[at % 7 * places + at / 7]);
          }
          assertThat(layout).hasSize(7 * places);
        }
      }
      assertThat(row(all.pooled(), 0)).isNotEqualTo(row(all.pooled(), 1));
    }
  }

  /** Matrix products round the last rows of a batch otherwise: 1e-7 of the largest was seen. */
  private static void assertClose(INDArray one, float[] other) {
    assertThat(Floats.all(one)).containsExactly(other, Offset.offset(1e-6f * largest(other)));
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Test
  void features_doNotDependOnTheImagesBeside() {
    try (INDArray images = images(37);
        INDArray others = images.neg();
        Features all = features.extract(images)) {
      for (int i : new int[] {0, 7, 30, 31, 36}) {
        others
            .get(NDArrayIndex.interval(i, i + 1))
            .assign(images.get(NDArrayIndex.interval(i, i + 1)));
      }
      try (Features beside = features.extract(others)) {
        for (int i : new int[] {0, 7, 30, 31, 36}) {
          assertThat(row(beside.pooled(), i)).isEqualTo(row(all.pooled(), i));
          assertThat(row(beside.logits().orElseThrow(), i))
              .isEqualTo(row(all.logits().orElseThrow(), i));
          assertThat(row(beside.spatial().orElseThrow(), i))
              .isEqualTo(row(all.spatial().orElseThrow(), i));
        }
        assertThat(row(beside.pooled(), 1)).isNotEqualTo(row(all.pooled(), 1));
      }
    }
  }

  private static float[] row(INDArray array, int index) {
    float[] all = Floats.all(array);
    int each = all.length / (int) array.size(0);
    return Arrays.copyOfRange(all, index * each, (index + 1) * each);
  }

  @Test
  void largerImagesAreAveraged_toTheNetsSize() {
    try (INDArray images = images(3);
        INDArray doubled = images.repeat(2, 2).repeat(3, 2);
        Features small = features.extract(images);
        Features large = features.extract(doubled)) {
      assertThat(doubled.shape()).containsExactly(3, 3, 2L * SIZE.height(), 2L * SIZE.width());
      assertThat(large.pooled().distance2(small.pooled()))
          .isLessThan(1e-5 * small.pooled().norm2Number().doubleValue());
    }
  }

  @Test
  void lossOnActivations_hasTheGradientThatDifferencesShow() {
    Graph graph = new Graph();
    SDVariable input = graph.input("images", 2, 3, SIZE.height(), SIZE.width());
    FeatureMap map = FeatureMap.ofInput(graph, input);
    List<SDVariable> first = features.activations(map);
    List<SDVariable> second = features.activations(map.with(map.value().mul(0.5)));
    SDVariable loss = null;
    for (int i = 0; i < first.size(); i++) {
      SDVariable difference = first.get(i).sub(second.get(i));
      SDVariable term = difference.mul(difference).mean();
      loss = loss == null ? term : loss.add(term);
    }
    try (INDArray images = images(2);
        Parameters none = Parameters.initialize(graph, 0);
        Execution execution =
            Executors.chosen().compile(Program.inputGradient(graph, loss, input), none)) {
      execution.set(input, images);
      execution.run();
      try (INDArray gradient =
              Nd4j.createFromArray(execution.gradient(input))
                  .reshape(2, 3, SIZE.height(), SIZE.width());
          INDArray direction = gradient.div(gradient.norm2Number())) {
        double norm = gradient.norm2Number().doubleValue();
        double up = lossAt(execution, input, loss, images, direction, 0.05);
        double down = lossAt(execution, input, loss, images, direction, -0.05);
        assertThat((up - down) / 0.1).isCloseTo(norm, withinPercentage(2));
      }
    }
  }

  private static double lossAt(
      Execution execution,
      SDVariable input,
      SDVariable loss,
      INDArray images,
      INDArray way,
      double step) {
    try (INDArray along = way.mul(step);
        INDArray moved = images.add(along)) {
      execution.set(input, moved);
      execution.run();
      return execution.number(loss);
    }
  }
}
