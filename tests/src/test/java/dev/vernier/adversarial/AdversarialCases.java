package dev.vernier.adversarial;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.nn.Convolution;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.tests.golden.GoldenCase;
import dev.vernier.tests.golden.GoldenHandler;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The discriminator, its losses and the adaptive weight. */
public final class AdversarialCases {
  private AdversarialCases() {}

  /** Handlers by case name. */
  public static Map<String, GoldenHandler> handlers() {
    return Map.of(
        "patchgan", AdversarialCases::patchGan,
        "gan_losses", AdversarialCases::losses,
        "vq_loss_adaptive", AdversarialCases::adaptive);
  }

  private static PatchDiscriminator discriminator(GoldenCase golden) {
    return new PatchDiscriminator(golden.count("ndf"), golden.count("n_layers"));
  }

  private static SDVariable input(Graph graph, GoldenCase golden, String name) {
    int[] shape = golden.array(name).shape();
    return graph.input(name, shape[0], shape[1], shape[2], shape[3]);
  }

  private static void load(GoldenCase golden, String prefix, Parameters parameters)
      throws IOException {
    try (WeightFile weights = WeightFile.open(golden.file("weights.safetensors"))) {
      for (String name : parameters.names()) {
        float[] values = weights.read(prefix + name);
        Floats.of(parameters.get(name)).write(0, values, values.length);
      }
    }
  }

  private static void patchGan(GoldenCase golden) throws IOException {
    golden.fixed("bn_eps", 1e-5);
    golden.fixed("bn_momentum", 0.1);
    golden.fixed("leaky_slope", PatchDiscriminator.SLOPE);
    PatchDiscriminator discriminator = discriminator(golden);
    Graph graph = new Graph();
    SDVariable realImages = input(graph, golden, "real");
    SDVariable fakeImages = input(graph, golden, "fake");
    PatchDiscriminator.Trained real = discriminator.training(FeatureMap.ofInput(graph, realImages));
    PatchDiscriminator.Trained fake = discriminator.training(FeatureMap.ofInput(graph, fakeImages));
    SDVariable loss = AdversarialLoss.HINGE.discriminator(real.logits(), fake.logits());
    SDVariable generator = AdversarialLoss.HINGE.generator(fake.logits());
    SDVariable[] wanted =
        Stream.of(
                Stream.of(real.logits(), fake.logits(), loss),
                real.statistics().values().stream(),
                fake.statistics().values().stream())
            .flatMap(each -> each)
            .toArray(SDVariable[]::new);
    try (Parameters parameters = Parameters.initialize(graph, 1);
        RunningStatistics running = new RunningStatistics(discriminator)) {
      load(golden, "", parameters);
      try (Execution execution =
              Executors.chosen().compile(Program.training(graph, loss, wanted), parameters);
          Execution ofFake =
              Executors.chosen()
                  .compile(Program.inputGradient(graph, generator, fakeImages), parameters)) {
        for (Execution each : List.of(execution, ofFake)) {
          each.set(realImages, golden.tensor("real"));
          each.set(fakeImages, golden.tensor("fake"));
          each.run();
        }
        running.update(execution, real.statistics());
        running.update(execution, fake.statistics());
        golden.expect("logits_real", execution.floats(real.logits()));
        golden.expect("logits_fake", execution.floats(fake.logits()));
        golden.expectScalar("hinge_d_loss", execution.number(loss));
        golden.expect("grad_fake_of_hinge_gen", ofFake.gradient(fakeImages));
        for (String name : golden.gradients()) {
          golden.expectGradient(name, Floats.all(parameters.gradient(name)));
        }
        running
            .arrays()
            .forEach(
                (name, values) ->
                    golden.expect("after_" + name.replace('.', '_'), Floats.all(values)));
      }
      evaluation(golden, discriminator, parameters, running);
    }
  }

  private static void evaluation(
      GoldenCase golden,
      PatchDiscriminator discriminator,
      Parameters trained,
      RunningStatistics running) {
    Graph graph = new Graph();
    SDVariable images = input(graph, golden, "fake");
    SDVariable logits = discriminator.evaluation(FeatureMap.ofInput(graph, images));
    try (Execution execution =
        Executors.chosen().compile(Program.forward(graph, logits), trained)) {
      execution.set(images, golden.tensor("fake"));
      running
          .arrays()
          .forEach((name, array) -> execution.set(graph.sameDiff().getVariable(name), array));
      execution.run();
      golden.expect("logits_fake_eval", execution.floats(logits));
    }
  }

  private static void losses(GoldenCase golden) {
    for (AdversarialLoss loss : List.of(AdversarialLoss.HINGE, AdversarialLoss.VANILLA)) {
      String name = loss == AdversarialLoss.HINGE ? "hinge_d_loss" : "vanilla_d_loss";
      check(golden, name, "real", loss::discriminator);
      check(golden, name, "fake", loss::discriminator);
    }
    check(golden, "hinge_gen_loss", "fake", (real, fake) -> AdversarialLoss.HINGE.generator(fake));
    golden.leaveOut(
        "the reference swaps logits and targets; ours is the right one",
        "non_saturating_d_loss",
        "non_saturating_gen_loss",
        "grad_real_non_saturating_d_loss",
        "grad_fake_non_saturating_d_loss",
        "grad_fake_non_saturating_gen_loss");
    golden.leaveOut(
        "the start is tested with the training",
        "adopt_weight_before_start",
        "adopt_weight_at_start");
  }

  private static void check(
      GoldenCase golden, String name, String of, BinaryOperator<SDVariable> definition) {
    Graph graph = new Graph();
    SDVariable real = input(graph, golden, "logits_real");
    SDVariable fake = input(graph, golden, "logits_fake");
    SDVariable loss = definition.apply(real, fake);
    SDVariable input = of.equals("real") ? real : fake;
    try (Parameters parameters = Parameters.initialize(graph, 1);
        Execution execution =
            Executors.chosen()
                .compile(Program.inputGradient(graph, loss, input, loss), parameters)) {
      execution.set(real, golden.tensor("logits_real"));
      execution.set(fake, golden.tensor("logits_fake"));
      execution.run();
      golden.expectScalar(name, execution.number(loss));
      golden.expect("grad_" + of + "_" + name, execution.gradient(input));
    }
  }

  /**
   * A toy decoder of tanh and one convolution, a mean absolute error in place of the perceptual
   * loss.
   */
  private static void adaptive(GoldenCase golden) throws IOException {
    INDArray given = Transforms.tanh(golden.tensor("features"), true);
    Graph graph = new Graph();
    SDVariable input = input(graph, golden, "features");
    FeatureMap features = FeatureMap.ofInput(graph, input);
    SDVariable output = Convolution.apply("toy.conv_out", features, 3, 3).channelsFirst();
    Graph opposing = new Graph();
    SDVariable seen = input(opposing, golden, "target");
    PatchDiscriminator.Trained trained =
        discriminator(golden).training(FeatureMap.ofInput(opposing, seen));
    SDVariable generator = AdversarialLoss.HINGE.generator(trained.logits());
    Graph likelihood = new Graph();
    SDVariable other = likelihood.input("reconstruction", seen.getShape());
    SDVariable target = input(likelihood, golden, "target");
    SDVariable difference = other.sub(target);
    SDVariable nll =
        difference.mul(difference).mean().add(likelihood.sameDiff().math().abs(difference).mean());
    try (Parameters toy = Parameters.initialize(graph, 1);
        Parameters discriminator = Parameters.initialize(opposing, 1);
        Parameters none = Parameters.initialize(likelihood, 1);
        INDArray adversarial = Nd4j.create(DataType.FLOAT, seen.getShape());
        INDArray reconstruction = Nd4j.create(DataType.FLOAT, seen.getShape())) {
      load(golden, "", toy);
      load(golden, "D.", discriminator);
      try (Execution decoder =
              Executors.chosen().compile(Program.forward(graph, output, features.value()), toy);
          Execution opposition =
              Executors.chosen()
                  .compile(
                      Program.inputGradient(opposing, generator, seen, generator), discriminator);
          Execution error =
              Executors.chosen().compile(Program.inputGradient(likelihood, nll, other, nll), none);
          AdaptiveWeight weight =
              new AdaptiveWeight(
                  features.batch(), features.height(), features.width(), features.channels())) {
        decoder.set(input, given);
        decoder.run();
        opposition.set(seen, decoder.floats(output));
        opposition.run();
        error.set(other, decoder.floats(output));
        discriminatorsOwn(golden, decoder.floats(output), discriminator);
        error.set(target, golden.tensor("target"));
        error.run();
        Floats.of(adversarial).write(0, opposition.gradient(seen), (int) adversarial.length());
        Floats.of(reconstruction).write(0, error.gradient(other), (int) reconstruction.length());
        INDArray last = decoder.read(features.value());
        golden.expectScalar("nll_loss", error.number(nll));
        golden.expectScalar("g_loss", opposition.number(generator));
        double found = weight.of(last, reconstruction, adversarial);
        golden.expectScalar("d_weight", found);
        golden.expect("grad_g_last", Floats.all(weight.lastGradient().dup('c')));
        golden.expectScalar(
            "d_weight_vqgan_lc", golden.number("lc_discriminator_weight", 0.75) * found);
        double nllValue = error.number(nll);
        double generatorValue = opposition.number(generator);
        double weighted = golden.number("disc_weight", 0.5);
        double codes = golden.number("disentangle_loss", 0);
        for (String part : List.of("codebook_loss_sem", "codebook_loss_vis")) {
          // The fourth number is the codebook's usage.
          for (int i = 0; i < 3; i++) {
            codes += golden.parameters().get(part).get(i).asDouble();
          }
        }
        golden.expectScalar("total_before_start", nllValue + codes);
        golden.expectScalar("total_after_start", nllValue + codes + weighted * generatorValue);
        golden.expectScalar(
            "total_after_start_adaptive", nllValue + codes + weighted * found * generatorValue);
        weight.of(last, adversarial, reconstruction);
        golden.expect("grad_nll_last", Floats.all(weight.lastGradient().dup('c')));
        golden.expectScalar(
            "d_weight_clamped", weight.of(last, reconstruction.mul(1e9), adversarial));
      }
    }
  }

  /** The discriminator's loss of the same step, which its weight multiplies, adaptive or not. */
  private static void discriminatorsOwn(
      GoldenCase golden, float[] reconstruction, Parameters weights) {
    Graph graph = new Graph();
    PatchDiscriminator discriminator = discriminator(golden);
    SDVariable target = input(graph, golden, "target");
    SDVariable fake = graph.input("fake", target.getShape());
    SDVariable loss =
        AdversarialLoss.HINGE.discriminator(
            discriminator.training(FeatureMap.ofInput(graph, target)).logits(),
            discriminator.training(FeatureMap.ofInput(graph, fake)).logits());
    try (Execution execution = Executors.chosen().compile(Program.forward(graph, loss), weights)) {
      execution.set(target, golden.tensor("target"));
      execution.set(fake, reconstruction);
      execution.run();
      double weighted = golden.number("disc_weight", 0.5) * execution.number(loss);
      golden.expectScalar("disc_after_start", weighted);
      golden.expectScalar("disc_after_start_adaptive", weighted);
    }
    golden.leaveOut("the start is tested with the training", "disc_before_start");
  }
}
