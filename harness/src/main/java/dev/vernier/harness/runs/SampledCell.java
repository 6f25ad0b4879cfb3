package dev.vernier.harness.runs;

import dev.vernier.harness.evaluation.GeneratedImages;
import dev.vernier.harness.evaluation.Measurement;
import dev.vernier.harness.evaluation.SampleEvaluator;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.GenerationPlan;
import dev.vernier.harness.experiments.SamplingOptions;
import dev.vernier.harness.generation.SampleSeries;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Generation;
import dev.vernier.records.Phase;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Draws images from the generator of another cell, and measures them. */
final class SampledCell {
  private final Foundations foundations;
  private final SampleEvaluator evaluator;
  private final Interruption interruption;

  SampledCell(Foundations foundations, SampleEvaluator evaluator, Interruption interruption) {
    this.foundations = foundations;
    this.evaluator = evaluator;
    this.interruption = interruption;
  }

  CellNumbers run(CellPlan plan, Path folder, Progress progress) throws IOException {
    GenerationPlan own = plan.generation();
    SamplingOptions options = SamplingOptions.of(own.sampling());
    GeneratorSpec spec = foundations.generatorCell(own).generation().spec();
    Path tokens = CellTraining.state(folder).resolve("samples.tokens");
    Files.createDirectories(tokens.getParent());
    String generator = foundations.generatorHash(own);
    // The id of the cell says how they are drawn, but not from which weights.
    CellTraining.refuseOthers(
        folder, "generator", generator, "its samples were begun by another generator");
    try (SampleSeries series = new SampleSeries(spec, List.of(), options.samples(), tokens)) {
      double seconds = draw(series, plan, options, progress);
      try (Tokenizer tokenizer = foundations.tokenizer(plan)) {
        Measurement measurement =
            evaluator.measure(new Decoded(series, tokenizer), spec.classes(), folder, progress);
        Generation made =
            new Generation(
                own.generator(),
                own.settings(),
                own.training(),
                own.sampling(),
                Map.of(
                    Generation.TOKENIZER,
                    foundations.tokenizerHash(plan),
                    Generation.GENERATOR,
                    generator),
                spec);
        Phase phase = new Phase("sample", seconds, series.count());
        return new CellNumbers(tokenizer.spec(), measurement, List.of(phase), made);
      }
    }
  }

  private double draw(
      SampleSeries series, CellPlan plan, SamplingOptions options, Progress progress)
      throws IOException {
    interruption.checkpoint(true);
    try (Generator generator = foundations.generator(plan.generation())) {
      return series.draw(
          generator,
          options.of(generator.spec().subCodebooks(), plan.seed()),
          interruption::stopIfRequested,
          progress);
    }
  }

  /** A series, decoded. */
  private record Decoded(SampleSeries series, Tokenizer tokenizer) implements GeneratedImages {
    @Override
    public int count() {
      return series.count();
    }

    @Override
    public List<LabelledImage> from(int first, int most) throws IOException {
      return series.images(tokenizer, first, most);
    }
  }
}
