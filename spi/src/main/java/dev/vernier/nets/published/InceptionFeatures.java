package dev.vernier.nets.published;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executor;
import dev.vernier.engine.PaddedBatches;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Owned;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.nets.FeatureBatches;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Features;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link InceptionNet} with weights, and the resizing before it. */
final class InceptionFeatures implements FeatureExtractor {
  private static final PaddedBatches BATCHES = new PaddedBatches(8);
  private static final int AREA = InceptionNet.SIDE * InceptionNet.SIDE;

  private final FeatureSpec spec;
  private final InceptionInput input;
  private final Executor executor;
  private final Owned owned = new Owned();
  private final Parameters parameters;
  private final SDVariable resized;
  private final InceptionNet.Outputs outputs;
  private final Program program;
  private Execution execution;

  /**
   * A frozen net.
   *
   * @param weights stay the caller's, and are no longer needed afterwards
   * @param executor what it runs on
   */
  InceptionFeatures(
      FeatureSpec spec, InceptionInput input, PublishedWeights weights, Executor executor) {
    this.spec = spec;
    this.input = input;
    this.executor = executor;
    Graph graph = new Graph();
    this.resized = graph.input("images", BATCHES.size(), 3, InceptionNet.SIDE, InceptionNet.SIDE);
    this.outputs = new InceptionNet(weights).define(FeatureMap.ofInput(graph, resized));
    this.program =
        Program.forward(
            graph, outputs.pooled(), outputs.logits(), outputs.spatial(), outputs.layout());
    // Between two executions, too.
    program.hold();
    owned.add(program::release);
    try {
      weights.check("the Inception-v3 of FID", name -> name.endsWith(".num_batches_tracked"));
      this.parameters = owned.add(Parameters.initialize(graph, 0));
      this.execution = executor.compile(program, parameters);
    } catch (RuntimeException | Error e) {
      owned.close();
      throw e;
    }
  }

  @Override
  public FeatureSpec spec() {
    return spec;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The logits lack the bias of the last layer, as those that ADM's evaluator and torch-fidelity
   * compute the Inception score from.
   */
  @Override
  public Features extract(INDArray images) {
    if (images.rank() != 4 || images.size(1) != 3) {
      throw new IllegalArgumentException(
          "images are [batch, 3, height, width], not " + images.shapeInfoToString());
    }
    int count = (int) images.size(0);
    try (INDArray contiguous = images.dup('c')) {
      float[] pixels = Floats.all(contiguous);
      int height = (int) images.size(2);
      int width = (int) images.size(3);
      int each = 3 * height * width;
      return batches()
          .extract(
              count,
              (from, present) ->
                  block(
                      present,
                      (image, plane, block, at) ->
                          input.plane(
                              pixels,
                              (from + image) * each + plane * height * width,
                              height,
                              width,
                              block,
                              at)));
    }
  }

  @Override
  public float[] pooled(List<LabelledImage> images) {
    try (Features features =
        batches()
            .extract(
                images.size(),
                (from, present) ->
                    block(
                        present,
                        (image, plane, block, at) ->
                            plane(images.get(from + image), plane, block, at)))) {
      return Floats.all(features.pooled());
    }
  }

  private void plane(LabelledImage image, int plane, float[] block, int at) {
    int area = image.size().area();
    float[] pixels = new float[area];
    for (int i = 0; i < area; i++) {
      pixels[i] = Pixels.toFloat(image.rgb()[plane * area + i]);
    }
    input.plane(pixels, 0, image.size().height(), image.size().width(), block, at);
  }

  private FeatureBatches batches() {
    if (execution == null) {
      execution = executor.compile(program, parameters);
    }
    return new FeatureBatches(
        execution,
        resized,
        BATCHES,
        List.of(outputs.pooled(), outputs.logits(), outputs.spatial(), outputs.layout()));
  }

  private static float[] block(int present, Planes planes) {
    float[] block = new float[BATCHES.size() * 3 * AREA];
    Parallel.forEach(present * 3, plane -> planes.write(plane / 3, plane % 3, block, plane * AREA));
    return block;
  }

  /** Writes the planes of a batch's images as the net sees them. */
  @FunctionalInterface
  private interface Planes {
    void write(int image, int plane, float[] block, int at);
  }

  @Override
  public void idle() {
    if (execution != null) {
      execution.close();
      execution = null;
    }
  }

  @Override
  public void close() {
    idle();
    owned.close();
  }
}
