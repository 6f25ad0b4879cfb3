package dev.vernier.nets;

import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.nn.GroupNormalization;
import dev.vernier.engine.nn.ResidualBlock;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Window;
import dev.vernier.spi.ImageSize;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The net that teaches, a small residual classifier: a stem at full size, then three stages of a
 * stride-2 convolution and a residual block, normalization, the mean over positions, a linear
 * layer. Group normalization makes an image's features independent of its batch.
 *
 * @param size of the images it sees; larger ones are averaged down
 * @param classes number of classes
 */
record ResidualClassifier(ImageSize size, int classes) implements Classifier {
  private static final int STEM = 16;
  private static final int[] WIDTHS = {32, 64, DIMENSION};
  private static final double PEAK = 2e-3;
  private static final int GROUPS = 8;

  @Override
  public double peakLearningRate() {
    return PEAK;
  }

  @Override
  public Outputs define(FeatureMap images) {
    Graph graph = images.graph();
    List<SDVariable> stages = new ArrayList<>();
    FeatureMap h = Convolution.apply("stem", AreaAverage.to(size, images), STEM, 3);
    stages.add(h.value());
    for (int i = 0; i < WIDTHS.length; i++) {
      h = Convolution.apply("stages." + i + ".down", h, WIDTHS[i], Window.halving(3));
      h = ResidualBlock.apply("stages." + i + ".block", h, WIDTHS[i], GROUPS);
      stages.add(h.value());
    }
    FeatureMap normal = GroupNormalization.thenSwish("norm", h, GROUPS);
    SDVariable pooled = normal.value().mean(1, 2);
    return new Outputs(
        stages, normal.channelsFirst(), pooled, Classifier.logits(graph, pooled, classes));
  }
}
