package dev.vernier.harness.runs;

import dev.vernier.harness.codes.CodeBatches;
import dev.vernier.harness.codes.Codes;
import dev.vernier.harness.evaluation.LikelihoodEvaluator;
import dev.vernier.harness.evaluation.Measurement;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.GenerationPlan;
import dev.vernier.harness.experiments.RunOptions;
import dev.vernier.harness.progress.Progress;
import dev.vernier.harness.weights.SavedGenerator;
import dev.vernier.records.Generation;
import dev.vernier.records.Phase;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorContext;
import dev.vernier.spi.GeneratorProvider;
import dev.vernier.spi.Settings;
import dev.vernier.spi.Split;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.TrainableGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Trains a generator on the codes of a tokenizer's cell, and measures its likelihood. */
final class GeneratorCell {
  private final Foundations foundations;
  private final LikelihoodEvaluator evaluator;
  private final RunContext context;
  private final TrainingOptions options;

  GeneratorCell(
      RunContext context,
      Foundations foundations,
      LikelihoodEvaluator evaluator,
      TrainingOptions options) {
    this.context = context;
    this.foundations = foundations;
    this.evaluator = evaluator;
    this.options = options;
  }

  CellNumbers run(CellPlan plan, Path folder, Progress progress) throws IOException {
    GenerationPlan own = plan.generation();
    TokenizerSpec tokenizer = foundations.tokenizerCell(own).spec();
    Runnable between = options.interruption()::stopIfRequested;
    options.interruption().checkpoint(true);
    boolean tenCrop =
        Boolean.parseBoolean(own.training().get(RunOptions.GENERATOR_TEN_CROP.name()));
    Codes codes = foundations.codes(plan, Split.TRAIN, tenCrop, between, progress);
    Codes validation = foundations.codes(plan, Split.VALIDATION, false, between, progress);
    // Checkpoints of a training on other codes would go on to numbers that nobody can repeat.
    CellTraining.refuseOthers(folder, "codes", codes.hash(), "its training began on other codes");
    int batchSize = Integer.parseInt(own.training().get(RunOptions.GENERATOR_BATCH_SIZE.name()));
    long steps = Long.parseLong(own.training().get(RunOptions.GENERATOR_STEPS.name()));
    int classes = Math.max(1, foundations.dataset().spec().classes().size());
    GeneratorContext generatorContext =
        new GeneratorContext(tokenizer, classes, batchSize, steps, plan.seed(), options.profile());
    GeneratorProvider provider = foundations.plugins().generator(own.generator());
    Settings settings = Settings.of(provider.settings(), own.settings());
    try (TrainableGenerator training = provider.create(settings, generatorContext)) {
      CodeBatches batches = new CodeBatches(codes, batchSize, plan.seed());
      TrainingState.Position end =
          new TrainingLoop(options, progress)
              .run(
                  Steps.onCodes(training, batches),
                  steps,
                  plan.method() + ", seed " + plan.seed(),
                  folder);
      try (Generator generator = training.generator()) {
        new SavedGenerator(own.generator(), own.settings(), foundations.tokenizerHash(plan))
            .write(generator, SavedGenerator.ofCell(folder));
        Measurement measurement =
            evaluator.measure(generator, validation, words(plan), folder, progress);
        Generation made =
            new Generation(
                own.generator(),
                own.settings(),
                own.training(),
                Map.of(),
                Map.of(
                    Generation.TOKENIZER, foundations.tokenizerHash(plan), "codes", codes.hash()),
                generator.spec());
        List<Phase> phases =
            List.of(
                new Phase("encode", codes.seconds(), codes.views()),
                new Phase("train", end.seconds(), end.step() * batchSize));
        return new CellNumbers(tokenizer, measurement, phases, made);
      }
    }
  }

  /**
   * The tokenizer as protocols name it: by all that its codes depend on but the seed; a given one
   * by its content.
   */
  private String words(CellPlan plan) throws IOException {
    if (plan.given() != null) {
      return plan.tokenizer() + " " + plan.settings() + " " + plan.given().hash();
    }
    Map<String, String> learned = new TreeMap<>(context.taughtBy(plan));
    for (String name :
        List.of(RunOptions.STEPS.name(), RunOptions.BATCH_SIZE.name(), CellPlan.TRUNK)) {
      learned.put(name, plan.training().getOrDefault(name, "none"));
    }
    return plan.tokenizer() + " " + plan.settings() + " " + learned;
  }
}
