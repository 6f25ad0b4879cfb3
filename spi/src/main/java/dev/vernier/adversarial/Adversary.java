package dev.vernier.adversarial;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Owned;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.train.Optimization;
import dev.vernier.spi.ImageSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A discriminator in training. In a generator's step it gives the gradient of the adversarial loss
 * with respect to the reconstruction; afterwards {@link #update} trains it on the same images.
 */
public final class Adversary implements AutoCloseable {

  private final AdversarialSettings settings;
  private final Owned owned = new Owned();
  private final Parameters parameters;
  private final Optimization optimization;
  private final RunningStatistics running;
  private final GeneratorStep generatorStep;
  private final DiscriminatorStep discriminatorStep;
  private boolean started;

  /**
   * A discriminator with fresh weights.
   *
   * @param options of its own steps, which begin after {@link AdversarialSettings#start()} of the
   *     generator's
   * @param seed of its weights
   * @param batch images a step
   * @param size of the images
   */
  public Adversary(
      AdversarialSettings settings,
      Optimization.Options options,
      long seed,
      int batch,
      ImageSize size) {
    this.settings = settings;
    Graph generating = new Graph();
    Graph discriminating = new Graph();
    PatchDiscriminator discriminator = settings.discriminator();
    SDVariable generated = images(generating, "reconstruction", batch, size);
    PatchDiscriminator.Trained seen =
        discriminator.training(FeatureMap.ofInput(generating, generated));
    SDVariable images = images(discriminating, "images", batch, size);
    SDVariable reconstructions = images(discriminating, "reconstruction", batch, size);
    PatchDiscriminator.Trained real =
        discriminator.training(FeatureMap.ofInput(discriminating, images));
    PatchDiscriminator.Trained fake =
        discriminator.training(FeatureMap.ofInput(discriminating, reconstructions));
    try {
      this.parameters = owned.add(Parameters.initialize(List.of(generating, discriminating), seed));
      this.optimization =
          owned.add(new Optimization(parameters, options, "the discriminator's loss"));
      this.running = owned.add(new RunningStatistics(discriminator));
      this.generatorStep = owned.add(new GeneratorStep(generating, generated, seen));
      this.discriminatorStep =
          owned.add(new DiscriminatorStep(discriminating, images, real, reconstructions, fake));
    } catch (RuntimeException | Error e) {
      owned.close();
      throw e;
    }
  }

  private static SDVariable images(Graph graph, String name, int batch, ImageSize size) {
    return graph.input(name, batch, 3, size.height(), size.width());
  }

  /**
   * Says which step comes next.
   *
   * @param step counted from 0
   */
  public void begin(long step) {
    started = step >= settings.start();
  }

  /**
   * The adversarial loss as a term of the generator's objective, 0 before the start: a Java step
   * looks at the reconstruction, and what flows back into it is the gradient found there.
   *
   * @param reconstruction {@code [batch, 3, height, width]}
   * @param balance multiplies the loss and its gradient, given the gradient; held constant
   * @param reads what the balance needs to see besides
   */
  public SDVariable term(
      Graph graph, SDVariable reconstruction, Balance balance, List<SDVariable> reads) {
    SDVariable gradient = graph.input("adversarial.gradient", generatorStep.gradient.shape());
    SDVariable value = graph.input("adversarial.value", 1);
    graph.hostStep(
        "discriminator",
        (seen, writes) -> adversarialGradient(seen, writes[0], writes[1], balance),
        Stream.concat(Stream.of(reconstruction), reads.stream()).toList(),
        List.of(gradient, value));
    SDVariable surrogate = reconstruction.mul(gradient).sum();
    SDVariable constant = new StopGradient(graph.sameDiff(), surrogate).outputVariable();
    return value.sum().add(surrogate.sub(constant));
  }

  private void adversarialGradient(
      INDArray[] seen, INDArray gradient, INDArray value, Balance balance) {
    if (!started) {
      gradient.assign(0);
      value.assign(0);
      return;
    }
    generatorStep.run(seen[0]);
    double factor = balance.of(seen, generatorStep.gradient);
    gradient.assign(generatorStep.gradient);
    gradient.muli(factor);
    value.assign(factor * generatorStep.loss());
  }

  /**
   * Trains the discriminator on the images and reconstructions of a generator's step.
   *
   * @return its loss; 0 before the start
   */
  public double update(INDArray images, INDArray reconstruction) {
    if (!started) {
      return 0;
    }
    double loss = discriminatorStep.run(images, reconstruction);
    optimization.step(loss);
    return loss;
  }

  /** Everything a checkpoint needs, flat float arrays by name. */
  public Map<String, INDArray> state() {
    Map<String, INDArray> state = new LinkedHashMap<>();
    state.put("weights", parameters.values());
    state.putAll(optimization.arrays());
    state.putAll(running.arrays());
    state.put("lecam.real", discriminatorStep.leCam.real());
    state.put("lecam.fake", discriminatorStep.leCam.fake());
    return state;
  }

  /** Goes on after so many steps of the generator; the state must have been set. */
  public void resumeAt(long steps) {
    optimization.resumeAt(Math.max(0, steps - settings.start()));
  }

  @Override
  public void close() {
    owned.close();
  }

  /** What multiplies the adversarial loss. */
  @FunctionalInterface
  public interface Balance {
    /** Always 1. */
    Balance FIXED = (seen, gradient) -> 1;

    /**
     * The factor.
     *
     * @param seen the reconstruction and what else was asked for
     * @param gradient of the adversarial loss with respect to the reconstruction
     */
    double of(INDArray[] seen, INDArray gradient);
  }

  /** The discriminator in a generator's step: its weights are constants there. */
  private final class GeneratorStep implements AutoCloseable {
    private final PatchDiscriminator.Trained seen;
    private final SDVariable loss;
    private final INDArray gradient;
    private final SDVariable input;
    private final Execution execution;

    private GeneratorStep(Graph graph, SDVariable input, PatchDiscriminator.Trained seen) {
      this.input = input;
      this.seen = seen;
      this.loss = settings.loss().generator(seen.logits());
      this.gradient = Nd4j.create(DataType.FLOAT, input.getShape());
      SDVariable[] outputs =
          Stream.concat(Stream.of(loss), seen.statistics().values().stream())
              .toArray(SDVariable[]::new);
      this.execution =
          Executors.chosen()
              .compile(Program.inputGradient(graph, loss, input, outputs), parameters);
    }

    private void run(INDArray reconstruction) {
      execution.set(input, reconstruction);
      execution.run();
      try (INDArray copy = execution.readGradient(input)) {
        gradient.assign(copy);
      }
      running.update(execution, seen.statistics());
    }

    private double loss() {
      return execution.number(loss);
    }

    @Override
    public void close() {
      execution.close();
      gradient.close();
    }
  }

  /** The discriminator's own step. */
  private final class DiscriminatorStep implements AutoCloseable {
    private final LeCam leCam = new LeCam();
    private final Optional<LeCam.Term> term;
    private final SDVariable images;
    private final PatchDiscriminator.Trained real;
    private final SDVariable reconstructions;
    private final PatchDiscriminator.Trained fake;
    private final SDVariable loss;
    private final Execution execution;

    private DiscriminatorStep(
        Graph graph,
        SDVariable images,
        PatchDiscriminator.Trained real,
        SDVariable reconstructions,
        PatchDiscriminator.Trained fake) {
      this.images = images;
      this.real = real;
      this.reconstructions = reconstructions;
      this.fake = fake;
      SDVariable own = settings.loss().discriminator(real.logits(), fake.logits());
      Stream<SDVariable> outputs =
          Stream.concat(real.statistics().values().stream(), fake.statistics().values().stream());
      this.term =
          settings.leCamWeight() > 0
              ? Optional.of(leCam.term(graph, real.logits(), fake.logits()))
              : Optional.empty();
      if (term.isPresent()) {
        own = own.add(term.get().value().mul(settings.leCamWeight()));
        outputs = Stream.concat(outputs, term.get().outputs());
      }
      this.loss = own;
      this.execution =
          Executors.chosen()
              .compile(
                  Program.training(graph, own, outputs.toArray(SDVariable[]::new)), parameters);
    }

    private double run(INDArray shown, INDArray made) {
      execution.set(images, shown);
      execution.set(reconstructions, made);
      term.ifPresent(each -> each.before(execution));
      execution.run();
      term.ifPresent(each -> each.after(execution));
      running.update(execution, real.statistics());
      running.update(execution, fake.statistics());
      return execution.number(loss);
    }

    @Override
    public void close() {
      execution.close();
      leCam.close();
    }
  }
}
