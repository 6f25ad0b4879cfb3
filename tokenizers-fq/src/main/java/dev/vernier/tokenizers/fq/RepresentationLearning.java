package dev.vernier.tokenizers.fq;

import dev.vernier.autoencoder.Objective;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.Features;
import dev.vernier.spi.TrainingContext;
import dev.vernier.spi.UsageException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Learning from frozen vision models: a head on a branch's codes predicts the global feature that
 * the branch's teacher has of the image, matched over the batch by {@link InfoNce}. A teacher of
 * several branches looks once a step.
 */
final class RepresentationLearning implements CodeTerms {
  private final FqSettings settings;
  private final Map<String, FeatureExtractor> teachers;

  private RepresentationLearning(FqSettings settings, Map<String, FeatureExtractor> teachers) {
    this.settings = settings;
    this.teachers = teachers;
  }

  /**
   * What the settings ask for.
   *
   * @throws UsageException if a semantic branch has no teacher, if a teacher's feature cannot be
   *     cut into the heads, or if a batch has nothing to tell apart
   */
  static CodeTerms of(FqSettings settings, TrainingContext context) {
    if (settings.representation() == 0) {
      return NONE;
    }
    if (!context
        .teachers()
        .keySet()
        .containsAll(Branch.teacherRequirements(settings.branches()).required())) {
      throw new UsageException(
          "representation learning needs a frozen vision model: give one, or set"
              + " representation-weight to 0");
    }
    context.teachers().values().forEach(teacher -> requireDivisible(teacher, settings));
    if (context.batchSize() < 2) {
      throw new UsageException(
          "representation learning tells the images of a batch apart: set batch-size to 2 or more");
    }
    return new RepresentationLearning(settings, context.teachers());
  }

  private static void requireDivisible(FeatureExtractor teacher, FqSettings settings) {
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
  }

  @Override
  public void add(
      SDVariable images,
      FeatureMap trunk,
      List<Branch> branches,
      List<SDVariable> codes,
      Objective objective) {
    IdentityHashMap<FeatureExtractor, SDVariable> targets = new IdentityHashMap<>();
    for (int j = 0; j < branches.size(); j++) {
      Branch branch = branches.get(j);
      FeatureExtractor teacher = teachers.get(branch.name());
      if (teacher != null) {
        SDVariable target =
            targets.computeIfAbsent(
                teacher, each -> target(branch, each, trunk.graph(), images, trunk.batch()));
        SDVariable predicted = prediction(branch, teacher, trunk, codes.get(j));
        objective.add(
            branch.name() + "-representation",
            InfoNce.of(predicted, target, trunk.batch()),
            settings.representation());
      }
    }
  }

  private SDVariable prediction(
      Branch branch, FeatureExtractor teacher, FeatureMap trunk, SDVariable codes) {
    PredictionHead head =
        new PredictionHead(
            trunk.graph(),
            trunk.batch(),
            trunk.area(),
            settings.quantizer().dimension(),
            teacher.spec().dimension(),
            settings.predictionLayers(),
            settings.predictionHeads());
    return head.classToken(head.apply(branch.predictionHead(), codes));
  }

  private static SDVariable target(
      Branch branch, FeatureExtractor teacher, Graph graph, SDVariable images, int batch) {
    String name = branch.name() + "-teacher";
    SDVariable target = graph.input(name + ".feature", batch, teacher.spec().dimension());
    graph.hostStep(
        name,
        (reads, writes) -> look(teacher, reads[0], writes[0]),
        List.of(images),
        List.of(target));
    return target;
  }

  private static void look(FeatureExtractor teacher, INDArray images, INDArray target) {
    try (Features features = teacher.extract(images)) {
      float[] pooled = Floats.all(features.pooled());
      Floats.of(target).write(0, pooled, pooled.length);
    }
  }
}
