package dev.vernier.harness.runs;

import dev.vernier.harness.codes.CodeGrid;
import dev.vernier.harness.evaluation.GivenReconstructions;
import dev.vernier.harness.evaluation.ReferenceImages;
import dev.vernier.harness.experiments.CellPlan;
import dev.vernier.harness.experiments.ReconstructionOrigin;
import dev.vernier.harness.onnx.OnnxTokenizer;
import dev.vernier.harness.plugins.Plugins;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.Given;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Opens what cells are given; whether that is what was planned is looked at once. */
public final class GivenCells {
  private final Plugins plugins;
  private final Set<Given> asPlanned = ConcurrentHashMap.newKeySet();

  /** What is given to the cells of one run. */
  public GivenCells(Plugins plugins) {
    this.plugins = plugins;
  }

  /**
   * Where lies what a cell is given.
   *
   * @throws UsageException if it is not there any more, or another than was planned
   */
  Path path(CellPlan plan) throws IOException {
    Path path = Path.of(plan.given().path());
    if (!asPlanned.contains(plan.given())) {
      plan.givenPath();
      asPlanned.add(plan.given());
    }
    return path;
  }

  /**
   * The tokenizer of weights or ONNX files; the caller closes it.
   *
   * @param size of the images, where it is bound to none
   * @throws UsageException if it is not what was planned any more, or damaged
   */
  public Tokenizer tokenizer(CellPlan plan, Optional<ImageSize> size) throws IOException {
    Path path = path(plan);
    return plan.given().kind() == Given.Kind.ONNX
        ? new OnnxTokenizer(
            path,
            Path.of(plan.given().beside()),
            Settings.of(OnnxTokenizer.settings(), plan.settings()),
            size)
        : plan.saved().load(path, plugins, size);
  }

  /**
   * Reconstructions of the reference images; the caller closes them.
   *
   * @throws UsageException if they are not what was planned any more, or do not pair
   */
  public GivenReconstructions reconstructions(
      CellPlan plan, ReferenceImages reference, Progress progress) throws IOException {
    Path source = path(plan);
    ReconstructionOrigin origin = plan.origin();
    List<SubCodebook> books = origin.sized() ? CodeGrid.books(origin.codebooks()) : List.of();
    Optional<Path> codes = Optional.ofNullable(plan.given().beside()).map(Path::of);
    return GivenReconstructions.open(
        source,
        new GivenReconstructions.Origin(plan.tokenizer(), codes, books, origin.downsampling()),
        reference,
        progress);
  }

  /**
   * The size of the images that it was made for.
   *
   * @return empty where it takes any
   */
  public Optional<ImageSize> imageSize(CellPlan plan) throws IOException {
    if (plan.reconstructed()) {
      return Optional.of(GivenReconstructions.sizeOf(path(plan)));
    }
    if (plan.given().kind() == Given.Kind.ONNX) {
      return OnnxTokenizer.imageSize(path(plan));
    }
    try (Tokenizer tokenizer = tokenizer(plan, Optional.empty())) {
      return Optional.of(tokenizer.spec().imageSize());
    }
  }

  /**
   * What loading took for granted, and what readers of its throughput and its numbers have to know,
   * a line each.
   *
   * @param tokenizer that {@link #tokenizer} has opened, once it has been measured
   */
  public List<String> assumptions(CellPlan plan, Tokenizer tokenizer) throws IOException {
    if (tokenizer instanceof OnnxTokenizer pair) {
      return pair.caveats();
    }
    return plan.given().kind() == Given.Kind.WEIGHTS
        ? plan.saved().assumptions(Path.of(plan.given().path()), plugins)
        : List.of();
  }
}
