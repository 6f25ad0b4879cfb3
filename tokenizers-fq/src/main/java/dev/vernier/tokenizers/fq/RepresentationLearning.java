package dev.vernier.tokenizers.fq;

import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.Features;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.UsageException;
import dev.vernier.spi.support.autoencoder.Objective;
import dev.vernier.spi.support.graph.Graph;
import dev.vernier.spi.support.graph.kernels.Floats;
import dev.vernier.spi.support.nn.FeatureMap;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Learning from a frozen vision model: a head on a branch's codes predicts the model's global
 * feature of the image, matched over the batch by {@link InfoNce}.
 */
final class RepresentationLearning implements CodeTerms {
  private final FqSettings settings;
  private final FeatureExtractor teacher;

  private RepresentationLearning(FqSettings settings, FeatureExtractor teacher) {
    this.settings = settings;
    this.teacher = teacher;
  }

  /**
   * What the settings ask for.
   *
   * @throws UsageException if there is no teacher, if its feature cannot be cut into the heads, or
   *     if a batch has nothing to tell apart
   */
  static CodeTerms of(FqSettings settings, TrainingContext context) {
    if (settings.representation() == 0) {
      return NONE;
    }
    FeatureExtractor teacher =
        context
            .teacher()
            .orElseThrow(
                () ->
                    new UsageException(
                        "representation learning needs a frozen vision model: give one, or set representation-weight to 0"));
    int width = teacher.spec().dimension();
    if (width % settings.predictionHeads() != 0) {
      throw new UsageException(
          "prediction-heads "
              + settings.predictionHeads()
              + " do not divide the "
              + width
              + " channels of "
              + teacher.spec().name()
              + " features: set prediction-heads to a divisor of "
              + width);
    }
    if (context.batchSize() < 2) {
      throw new UsageException(
          "representation learning tells the images of a batch apart: set batch-size to 2 or more");
    }
    return new RepresentationLearning(settings, teacher);
  }

  @Override
  public void add(
      SDVariable images,
      FeatureMap trunk,
      List<Branch> branches,
      List<SDVariable> codes,
      Objective objective) {
    SDVariable target = target(trunk.graph(), images, trunk.batch());
    for (int j = 0; j < branches.size(); j++) {
      Branch branch = branches.get(j);
      SDVariable own = codes.get(j);
      branch
          .predictionHead()
          .ifPresent(
              head -> {
                SDVariable predicted = prediction(head, trunk, own);
                objective.add(
                    branch.name() + "-representation",
                    InfoNce.of(predicted, target, trunk.batch()),
                    settings.representation());
              });
    }
  }

  private SDVariable prediction(String name, FeatureMap trunk, SDVariable codes) {
    PredictionHead head =
        new PredictionHead(
            trunk.graph(),
            trunk.batch(),
            trunk.area(),
            settings.quantizer().dimension(),
            teacher.spec().dimension(),
            settings.predictionLayers(),
            settings.predictionHeads());
    return head.classToken(head.apply(name, codes));
  }

  private SDVariable target(Graph graph, SDVariable images, int batch) {
    SDVariable target = graph.input("teacher.feature", batch, teacher.spec().dimension());
    graph.hostStep(
        "teacher", (reads, writes) -> look(reads[0], writes[0]), List.of(images), List.of(target));
    return target;
  }

  private void look(INDArray images, INDArray target) {
    try (Features features = teacher.extract(images)) {
      float[] pooled = Floats.all(features.pooled());
      Floats.of(target).write(0, pooled, pooled.length);
    }
  }
}
