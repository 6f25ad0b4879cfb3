package dev.vernier.autoencoder;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Owned;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Profile;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.train.Optimization;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Split;
import dev.vernier.spi.Training;
import dev.vernier.spi.TrainingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The training of encoder, decoder and what lies between them, be it a tokenizer's or a trunk's.
 * One execution does a whole step: encoder, search, decoder, losses and all gradients, so the
 * encoder runs forward once and backward once.
 */
abstract class AutoencoderOptimization implements Training {
  private static final Logger LOG = LoggerFactory.getLogger(AutoencoderOptimization.class);
  private static final String CHECKPOINT = "training.safetensors";
  private static final int PROFILE_EVERY = 100;

  /** Shown to a codebook's upkeep even where the training images are fewer. */
  private static final int FEW_BATCHES = 16;

  private final AutoencoderSettings settings;
  private final Passage passage;
  private final TrainingContext context;
  private final Objective objective = new Objective();
  private final Graph graph = new Graph();
  private final Owned owned = new Owned();
  private final Parameters parameters;
  private final Execution execution;
  private final SDVariable input;
  private final Optimization optimization;
  private final CodebookUpkeep upkeep;
  private final Optional<AdversarialTraining> adversarial;

  /** From the trunk of the context where there is one, else from fresh weights. */
  AutoencoderOptimization(AutoencoderSettings settings, Passage passage, TrainingContext context)
      throws IOException {
    this.settings = settings;
    this.passage = passage;
    this.context = context;
    try {
      Definition definition = define();
      this.input = definition.images();
      this.adversarial = definition.adversarial();
      this.upkeep = definition.upkeep();
      this.parameters = owned.add(Parameters.initialize(graph, context.seed()));
      if (context.trunk().isPresent()) {
        AutoencoderTrunk.load(context.trunk().get(), parameters, passage.codeForm());
      }
      this.execution =
          owned.add(
              Executors.chosen()
                  .compile(
                      Program.training(graph, objective.total(), objective.outputs()), parameters));
      this.optimization =
          owned.add(
              new Optimization(parameters, settings.optimization(context.steps()), "the loss"));
    } catch (IOException | RuntimeException | Error e) {
      owned.close();
      throw e;
    }
  }

  /** What a graph under definition leaves besides its objective. */
  private record Definition(
      SDVariable images, Optional<AdversarialTraining> adversarial, CodebookUpkeep upkeep) {}

  private Definition define() {
    ImageSize size = context.dataset().spec().imageSize();
    settings.check(size);
    settings.checkSteps(context.steps());
    int batch = context.batchSize();
    settings.checkBatch(size, batch);
    SDVariable images = graph.input("images", batch, 3, size.height(), size.width());
    FeatureMap map = FeatureMap.ofInput(graph, images);
    FeatureMap trunk = settings.architecture().trunk(settings, map);
    // The bottleneck's terms are reported after the reconstruction's, though they are defined
    // first.
    Objective codes = new Objective();
    Passage.Trained trained = passage.train(images, trunk, codes, context.seed());
    owned.add(trained.upkeep());
    Architecture.Decoded decoded = settings.architecture().decode(settings, trained.output());
    ReconstructionLoss loss = ReconstructionLoss.of(settings, context);
    loss.add(objective, map, decoded.images());
    Optional<AdversarialTraining> adversarial = Optional.empty();
    if (settings.adversarial().weight() > 0) {
      adversarial =
          Optional.of(owned.add(AdversarialTraining.of(settings, context, loss, images, decoded)));
      objective.add("adversarial", adversarial.get().term(graph), settings.adversarial().weight());
      objective.observe(adversarial.get().reconstruction());
    }
    objective.addAll(codes);
    return new Definition(images, adversarial, trained.upkeep());
  }

  @Override
  public final Map<String, Double> step(INDArray images) {
    adversarial.ifPresent(each -> each.adversary().begin(optimization.steps()));
    if (optimization.steps() == 0 && upkeep.wantsMore()) {
      seeOthers();
    }
    execution.set(input, images);
    execution.run();
    if (optimization.steps() == 0) {
      upkeep.see(execution);
      if (upkeep.begin(execution, parameters)) {
        // The values that were replaced shall have no share in the average.
        optimization.restartAverage();
        execution.run();
      }
    }
    Map<String, Double> losses = losses();
    optimization.step(losses.get("loss"));
    adversarial.ifPresent(each -> losses.put("discriminator", each.update(images, execution)));
    upkeep.afterStep(execution, optimization);
    if (context.profile() && optimization.steps() % PROFILE_EVERY == 0) {
      LOG.info(
          "time of one step by operation, mean of {} steps\n{}",
          profile().runs(),
          profile().table());
    }
    return losses;
  }

  /** Shows the codebook's upkeep further batches than the first, drawn by the seed. */
  private void seeOthers() {
    ImageDataset dataset = context.dataset();
    int images = dataset.size(Split.TRAIN);
    int most = Math.max(FEW_BATCHES, images / context.batchSize());
    SplittableRandom random = new SplittableRandom(context.seed());
    // Of these batches only encodings are read: no decoder, no losses, no gradients.
    Program program = Program.forward(graph, upkeep.seen().toArray(SDVariable[]::new));
    try (Execution encoder = Executors.chosen().compile(program, parameters)) {
      for (int batch = 0; upkeep.wantsMore() && images > 0 && batch < most; batch++) {
        List<LabelledImage> drawn =
            Stream.generate(() -> random.nextInt(images))
                .limit(context.batchSize())
                .map(index -> dataset.augmented(index, random))
                .toList();
        try (INDArray pixels = Pixels.toArray(drawn)) {
          encoder.set(input, pixels);
        }
        encoder.run();
        upkeep.see(encoder);
      }
    }
  }

  private Map<String, Double> losses() {
    Map<String, Double> losses = new LinkedHashMap<>();
    losses.put("loss", execution.number(objective.total()));
    objective.terms().forEach((name, term) -> losses.put(name, execution.number(term)));
    return losses;
  }

  /** The graph of a step, for those who want to compute one in another way. */
  public final Graph graph() {
    return graph;
  }

  /**
   * The execution of a step: after a step it holds that step's inputs and losses. It stays this
   * training's.
   */
  public final Execution execution() {
    return execution;
  }

  /** The weights as they are now, and the gradients of the last step; they stay this training's. */
  public final Parameters parameters() {
    return parameters;
  }

  /** Where the time of the steps went. */
  public final Profile profile() {
    return execution.profile();
  }

  /** The values to go on with of a parameter: their moving average where there is one. */
  final INDArray result(String name) {
    return optimization.result(name);
  }

  @Override
  public final void save(Path folder) throws IOException {
    optimization.save(folder.resolve(CHECKPOINT), others());
  }

  @Override
  public final void restore(Path folder) throws IOException {
    optimization.restore(folder.resolve(CHECKPOINT), others());
    adversarial.ifPresent(each -> each.adversary().resumeAt(optimization.steps()));
  }

  /** What a checkpoint holds besides the optimization's own. */
  private Map<String, INDArray> others() {
    Map<String, INDArray> flat = new LinkedHashMap<>();
    upkeep.state().forEach((name, array) -> flat.put("upkeep." + name, array));
    adversarial.ifPresent(
        each ->
            each.adversary()
                .state()
                .forEach((name, array) -> flat.put("discriminator." + name, array)));
    return flat;
  }

  @Override
  public final void close() {
    owned.close();
  }
}
