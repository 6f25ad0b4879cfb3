package dev.vernier.nets.published;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.PaddedBatches;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.nets.FeatureBatches;
import dev.vernier.spi.FeatureExtractor;
import dev.vernier.spi.FeatureSpec;
import dev.vernier.spi.Features;
import dev.vernier.spi.Pixels;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link InceptionNet} with weights, and the resizing before it. */
final class InceptionFeatures implements FeatureExtractor {
  private static final PaddedBatches BATCHES = new PaddedBatches(8);
  private static final int AREA = InceptionNet.SIDE * InceptionNet.SIDE;

  private final FeatureSpec spec;
  private final BilinearResize resize;
  private final Parameters parameters;
  private final InceptionNet.Outputs outputs;
  private final Execution execution;

  /**
   * A frozen net.
   *
   * @param weights stay the caller's, and are no longer needed afterwards
   */
  InceptionFeatures(FeatureSpec spec, BilinearResize resize, PublishedWeights weights) {
    this.spec = spec;
    this.resize = resize;
    Graph graph = new Graph();
    this.outputs =
        new InceptionNet(weights)
            .define(
                FeatureMap.input(
                    graph, "images", BATCHES.size(), InceptionNet.SIDE, InceptionNet.SIDE));
    weights.check("the Inception-v3 of FID", name -> name.endsWith(".num_batches_tracked"));
    this.parameters = Parameters.initialize(graph, 0);
    this.execution =
        Executors.chosen()
            .compile(
                Program.forward(
                    graph, outputs.pooled(), outputs.logits(), outputs.spatial(), outputs.layout()),
                parameters);
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
      return new FeatureBatches(
              execution,
              BATCHES,
              List.of(outputs.pooled(), outputs.logits(), outputs.spatial(), outputs.layout()))
          .extract(
              count,
              (from, present) ->
                  block(pixels, from, present, (int) images.size(2), (int) images.size(3)));
    }
  }

  private float[] block(float[] pixels, int from, int present, int height, int width) {
    float[] block = new float[BATCHES.size() * 3 * AREA];
    Parallel.forEach(
        present * 3,
        plane -> {
          int at = (from * 3 + plane) * height * width;
          input(resize, pixels, at, height, width, block, plane * AREA);
        });
    return block;
  }

  /**
   * One plane as the net sees it. TensorFlow's way starts from 8-bit pixels and ends at {@code (x -
   * 128) / 128}; PyTorch's starts from the floats as they are and ends in [-1, 1].
   */
  static void input(
      BilinearResize resize,
      float[] pixels,
      int at,
      int height,
      int width,
      float[] block,
      int blockAt) {
    float[] plane = new float[height * width];
    for (int i = 0; i < plane.length; i++) {
      float value = pixels[at + i];
      plane[i] = resize == BilinearResize.TF1 ? Pixels.toByte(value) & 0xff : value;
    }
    resize.resize(plane, 0, height, width, block, blockAt, InceptionNet.SIDE, InceptionNet.SIDE);
    if (resize == BilinearResize.TF1) {
      for (int i = blockAt; i < blockAt + AREA; i++) {
        block[i] = (block[i] - 128) / 128;
      }
    }
  }

  @Override
  public void close() {
    execution.close();
    parameters.close();
  }
}
