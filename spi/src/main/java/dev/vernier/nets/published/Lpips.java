package dev.vernier.nets.published;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.PaddedBatches;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Owned;
import dev.vernier.engine.memory.Parallel;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.nets.DifferentiableDistance;
import dev.vernier.spi.PerceptualDistance;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * LPIPS (Zhang et al. 2018), version 0.1: learned weights on the squared differences of a frozen
 * classifier's activations. Images that are measured must lie in [-1, 1].
 *
 * <p>A loss is the mean of the distances that are measured, reconstructions not clamped. The
 * published trainings of VQGAN and its successors drop out half of the activations, which {@code
 * train()} switches on by mistake; here nothing is dropped out.
 */
final class Lpips implements PerceptualDistance, DifferentiableDistance {
  private static final String VERSION = "v0.1";
  private static final int PIXELS_A_BATCH = 64 * 1024;

  /** Rounding of a byte's value; anything beyond it is an image in another range. */
  private static final float TOLERANCE = 1e-5f;

  /** The scaling layer: from [-1, 1] to what the classifiers were trained on. */
  private static final float[] SHIFT = {-0.030f, -0.088f, -0.188f};

  private static final float[] SCALE = {0.458f, 0.448f, 0.450f};

  private final LpipsBackbone backbone;
  private final Path weights;
  private final LpipsHead head;
  private final String hash;
  private Sized sized;

  /**
   * A distance from two files.
   *
   * @param weights of torchvision's classifier
   * @param linear the published linear layers
   * @throws UsageException if one of the files does not fit
   */
  Lpips(LpipsBackbone backbone, Path weights, Path linear) throws IOException {
    this.backbone = backbone;
    this.weights = weights;
    this.head = head(backbone, linear);
    this.hash = CombinedHash.of(Sha256.ofFile(weights), Sha256.ofFile(linear));
    // Opened for a usual size now, so that a wrong file is refused before any work is done.
    this.sized = new Sized(64, 64);
  }

  private static LpipsHead head(LpipsBackbone backbone, Path linear) throws IOException {
    try (PublishedWeights file = new PublishedWeights(linear, "lin0.model.1.weight")) {
      List<float[]> layers = new ArrayList<>();
      for (int channels : backbone.channels()) {
        layers.add(file.take("lin" + layers.size() + ".model.1.weight", 1, channels, 1, 1));
      }
      file.check("the linear layers of LPIPS with " + backbone.label(), name -> false);
      return new LpipsHead(layers);
    }
  }

  @Override
  public String name() {
    return "lpips." + backbone.label() + "." + VERSION;
  }

  @Override
  public String hash() {
    return hash;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the shapes differ or a value lies outside [-1, 1]
   */
  @Override
  public double[] distances(INDArray images, INDArray others) {
    if (images.rank() != 4
        || images.size(1) != SHIFT.length
        || !Arrays.equals(images.shape(), others.shape())) {
      throw new IllegalArgumentException(
          "LPIPS needs two times [batch, 3, height, width], not "
              + Arrays.toString(images.shape())
              + " and "
              + Arrays.toString(others.shape()));
    }
    int height = (int) images.size(2);
    int width = (int) images.size(3);
    if (!sized.fits(height, width)) {
      Sized another = open(height, width);
      sized.close();
      sized = another;
    }
    float[] first = scaled(images, height * width);
    float[] second = scaled(others, height * width);
    double[] distances = new double[(int) images.size(0)];
    sized.batches.forEach(
        distances.length,
        (from, present) -> {
          List<float[]> a = sized.run(first, from, present);
          List<float[]> b = sized.run(second, from, present);
          Parallel.forEach(present, pair -> distances[from + pair] = distance(a, b, pair));
        });
    return distances;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UsageException if the images are too small for the classifier
   */
  @Override
  public SDVariable mean(FeatureMap images, FeatureMap others) {
    try (PublishedWeights file = new PublishedWeights(weights, LpipsBackbone.LANDMARK)) {
      List<FeatureMap> first = activations(file, scaled(images));
      List<FeatureMap> second = activations(file, scaled(others));
      return head.mean(first, second);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static FeatureMap scaled(FeatureMap images) {
    Graph graph = images.graph();
    SDVariable shift = graph.sameDiff().constant(Nd4j.createFromArray(SHIFT));
    SDVariable scale = graph.sameDiff().constant(Nd4j.createFromArray(SCALE));
    SDVariable value =
        images
            .value()
            .sub(shift.reshape(1, 1, 1, SHIFT.length))
            .div(scale.reshape(1, 1, 1, SCALE.length));
    return images.with(value);
  }

  private List<FeatureMap> activations(PublishedWeights file, FeatureMap images) {
    List<FeatureMap> taps = backbone.activations(new LpipsBackbone.Trunk(file), images);
    file.check(
        "torchvision's classifier " + backbone.label(), name -> name.startsWith("classifier."));
    return taps;
  }

  private double distance(List<float[]> first, List<float[]> second, int pair) {
    double sum = 0;
    for (int layer = 0; layer < first.size(); layer++) {
      int each = first.get(layer).length / sized.batches.size();
      int area = each / backbone.channels().get(layer);
      sum += head.distance(layer, first.get(layer), second.get(layer), pair * each, area);
    }
    return sum;
  }

  private static float[] scaled(INDArray images, int area) {
    try (INDArray contiguous = images.dup('c')) {
      float[] values = Floats.all(contiguous);
      for (int i = 0; i < values.length; i++) {
        if (!(Math.abs(values[i]) <= 1 + TOLERANCE)) {
          throw new IllegalArgumentException(
              "LPIPS needs images in [-1, 1], not " + values[i] + ": clamp them first");
        }
        int channel = i / area % SHIFT.length;
        values[i] = (values[i] - SHIFT[channel]) / SCALE[channel];
      }
      return values;
    }
  }

  private Sized open(int height, int width) {
    try {
      return new Sized(height, width);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private UsageException unreadable(IOException e) {
    return new UsageException(weights + " can no longer be read: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    sized.close();
  }

  /** The classifier for one size of images. */
  private final class Sized implements AutoCloseable {
    private final int height;
    private final int width;
    private final PaddedBatches batches;
    private final Owned owned = new Owned();
    private final SDVariable images;
    private final Execution execution;
    private final List<FeatureMap> taps;

    Sized(int height, int width) throws IOException {
      this.height = height;
      this.width = width;
      this.batches = new PaddedBatches(Math.max(1, PIXELS_A_BATCH / (height * width)));
      Graph graph = new Graph();
      this.images = graph.input("images", batches.size(), 3, height, width);
      try (PublishedWeights file = new PublishedWeights(weights, LpipsBackbone.LANDMARK)) {
        this.taps = activations(file, FeatureMap.ofInput(graph, images));
      }
      try {
        Parameters parameters = owned.add(Parameters.initialize(graph, 0));
        this.execution =
            owned.add(
                Executors.chosen()
                    .compile(
                        Program.forward(
                            graph, taps.stream().map(FeatureMap::value).toArray(SDVariable[]::new)),
                        parameters));
      } catch (RuntimeException | Error e) {
        owned.close();
        throw e;
      }
    }

    boolean fits(int imageHeight, int imageWidth) {
      return height == imageHeight && width == imageWidth;
    }

    /** Copies of the activations of a batch. */
    List<float[]> run(float[] pixels, int from, int present) {
      int each = SHIFT.length * height * width;
      execution.set(images, batches.padded(pixels, each, from, present));
      execution.run();
      return taps.stream().map(tap -> execution.floats(tap.value())).toList();
    }

    @Override
    public void close() {
      owned.close();
    }
  }
}
