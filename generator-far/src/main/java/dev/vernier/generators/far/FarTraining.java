package dev.vernier.generators.far;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Owned;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.train.Adam;
import dev.vernier.engine.train.LearningRate;
import dev.vernier.engine.train.Optimization;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorContext;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.TrainableGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.autodiff.samediff.SDVariable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The training of a transformer: teacher forcing, AdamW, the class dropped now and then. */
final class FarTraining implements TrainableGenerator {
  private static final Logger LOG = LoggerFactory.getLogger(FarTraining.class);
  private static final int PROFILE_EVERY = 100;

  /** Keeps the dropouts of a step apart from the draws of an image under the same seed. */
  private static final long DROPOUTS = 0x9E3779B97F4A7C15L;

  private static final String STATE = "training.safetensors";
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.95;
  private static final double EPSILON = 1e-8;

  private final FarModel model;
  private final FarSettings settings;
  private final long seed;
  private final boolean profile;
  private final TeacherForcing net;
  private final SDVariable loss;
  private final List<SDVariable> parts;
  private final Owned owned = new Owned();
  private final Parameters parameters;
  private final Optimization optimization;
  private final Execution execution;

  FarTraining(FarModel model, FarSettings settings, GeneratorContext context) {
    this.model = model;
    this.settings = settings;
    this.seed = context.seed();
    this.profile = context.profile();
    this.net =
        new TeacherForcing(model.shape(), model.head(), context.batchSize(), settings.dropout());
    this.loss = net.loss();
    this.parts = net.losses().stream().map(SDVariable::mean).toList();
    try {
      this.parameters = owned.add(Parameters.initialize(net.graph(), seed));
      this.optimization = owned.add(new Optimization(parameters, options(settings), "the loss"));
      this.execution =
          owned.add(
              Executors.chosen()
                  .compile(
                      Program.training(net.graph(), loss, parts.toArray(SDVariable[]::new)),
                      parameters));
    } catch (RuntimeException | Error e) {
      owned.close();
      throw e;
    }
  }

  private static Optimization.Options options(FarSettings settings) {
    return new Optimization.Options(
        new Adam.Options(BETA1, BETA2, EPSILON, settings.weightDecay()),
        Optimization.Decayed.MATRICES,
        LearningRate.constant(settings.learningRate()),
        settings.clip(),
        0,
        "lower learning-rate");
  }

  @Override
  public GeneratorSpec spec() {
    return model.spec(net);
  }

  @Override
  public Map<String, Double> step(Tokens tokens, int[] labels) {
    model.shape().check(tokens, labels);
    SplittableRandom random =
        new SplittableRandom(
            new SplittableRandom(seed + DROPOUTS).nextLong() + optimization.steps());
    int[] seen = labels.clone();
    for (int i = 0; i < seen.length; i++) {
      if (random.nextDouble() < settings.classDropout()) {
        seen[i] = model.shape().nullClass();
      }
    }
    net.feed(execution, tokens, seen);
    net.dropouts().seed(execution, random.nextInt());
    execution.run();
    Map<String, Double> losses = new LinkedHashMap<>();
    losses.put("loss", execution.number(loss));
    for (int j = 0; j < parts.size() && parts.size() > 1; j++) {
      losses.put(model.shape().codebooks().get(j).name(), execution.number(parts.get(j)));
    }
    optimization.step(losses.get("loss"));
    if (profile && optimization.steps() % PROFILE_EVERY == 0) {
      LOG.info(
          "time of one step by operation, mean of {} steps\n{}",
          execution.profile().runs(),
          execution.profile().table());
    }
    return losses;
  }

  @Override
  public Generator generator() {
    return FarGenerator.of(model, settings.classDropout(), parameters::get);
  }

  @Override
  public void save(Path folder) throws IOException {
    optimization.save(folder.resolve(STATE), Map.of());
  }

  @Override
  public void restore(Path folder) throws IOException {
    optimization.restore(folder.resolve(STATE), Map.of());
  }

  @Override
  public void close() {
    owned.close();
  }
}
