package dev.vernier.nets;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.operations.LogSoftmax;
import dev.vernier.engine.train.Adam;
import dev.vernier.engine.train.LearningRate;
import dev.vernier.engine.train.Optimization;
import dev.vernier.spi.FeatureContext;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Split;
import dev.vernier.spi.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains the classifier of a dataset on its training labels; where it has no classes, on telling by
 * how many quarter turns an image was rotated (Gidaris et al. 2018). Of images that are no squares
 * half turns alone keep the size.
 */
final class ClassifierTraining {
  private static final int BATCH = 64;
  private static final int MOST_STEPS = 700;
  private static final int MOST_EPOCHS = 40;
  private static final int WARM_UP = 50;

  /** The last learning rate, as a share of the peak. */
  private static final double LAST = 0.01;

  private static final Adam.Options ADAM = new Adam.Options(0.9, 0.99, 1e-8, 0.02);
  private static final double CLIP = 1;
  private static final String REMEDY = "score with --weights-inception FILE";
  private static final int QUARTER_TURNS = 4;
  private static final int SMALLEST_SET = 8;
  private static final double SECONDS_BETWEEN_LINES = 5;
  private final ImageDataset dataset;
  private final FeatureContext context;
  private final boolean labelled;
  private final int steps;

  ClassifierTraining(FeatureContext context) {
    this.context = context;
    this.dataset = context.dataset();
    this.labelled = dataset.spec().isLabelled();
    int epoch = (dataset.size(Split.TRAIN) + BATCH - 1) / BATCH;
    this.steps = Math.min(MOST_STEPS, MOST_EPOCHS * epoch);
    if (dataset.size(Split.TRAIN) < SMALLEST_SET) {
      throw new UsageException(
          dataset.spec().name()
              + " has "
              + dataset.size(Split.TRAIN)
              + " training images, its own feature net needs at least "
              + SMALLEST_SET
              + ": add images below train/, or "
              + REMEDY);
    }
  }

  /** How many classes the net tells apart: those of the images, or the turns. */
  static int classes(ImageDataset dataset) {
    return dataset.spec().isLabelled() ? dataset.spec().classes().size() : turns(dataset);
  }

  private static int turns(ImageDataset dataset) {
    return dataset.spec().imageSize().isSquare() ? QUARTER_TURNS : 2;
  }

  private Optimization.Options options(double peak) {
    return new Optimization.Options(
        ADAM,
        Optimization.Decayed.ALL,
        LearningRate.cosine(peak, LAST * peak, Math.min(WARM_UP, steps / 10), steps),
        CLIP,
        0,
        REMEDY);
  }

  /** The trained weights; the caller closes them. */
  Parameters train(Classifier net) {
    Graph graph = new Graph();
    ImageSize size = dataset.spec().imageSize();
    SDVariable images = graph.input("images", BATCH, 3, size.height(), size.width());
    Classifier.Outputs outputs = net.define(FeatureMap.ofInput(graph, images));
    SDVariable target = graph.input("target", BATCH, net.classes());
    SDVariable loss = new LogSoftmax().compose(outputs.logits()).mul(target).sum(1).mean().neg();
    Parameters parameters = Parameters.initialize(graph, context.seed());
    try (Execution execution =
            Executors.chosen().compile(Program.training(graph, loss), parameters);
        Optimization optimization =
            new Optimization(
                parameters, options(net.peakLearningRate()), "the loss of the feature net")) {
      SplittableRandom random = new SplittableRandom(context.seed());
      long lastLine = System.nanoTime();
      for (int step = 0; step < steps; step++) {
        List<LabelledImage> batch = Stream.generate(() -> draw(random)).limit(BATCH).toList();
        try (INDArray pixels = Pixels.toArray(batch)) {
          execution.set(images, pixels);
        }
        execution.set(target, oneHot(batch, net.classes()));
        execution.run();
        optimization.step(execution.number(loss));
        if ((System.nanoTime() - lastLine) / 1e9 > SECONDS_BETWEEN_LINES) {
          lastLine = System.nanoTime();
          tell(step + 1, execution.number(loss));
        }
      }
      return parameters;
    } catch (RuntimeException | Error e) {
      parameters.close();
      throw e;
    }
  }

  private void tell(int step, double loss) {
    context
        .progress()
        .accept(
            String.format(
                Locale.ROOT,
                "feature net of %s (once, then kept): step %d of %d, loss %.3f",
                dataset.spec().name(),
                step,
                steps,
                loss));
  }

  private static float[] oneHot(List<LabelledImage> batch, int classes) {
    float[] target = new float[batch.size() * classes];
    for (int i = 0; i < batch.size(); i++) {
      target[i * classes + batch.get(i).label()] = 1;
    }
    return target;
  }

  private LabelledImage draw(SplittableRandom random) {
    LabelledImage image = dataset.augmented(random.nextInt(dataset.size(Split.TRAIN)), random);
    return labelled ? image : turned(image, random.nextInt(turns(dataset)));
  }

  /**
   * The share of validation images, at most so many, that a net classifies rightly; empty where no
   * class of one is known.
   */
  static OptionalDouble accuracy(DatasetFeatures net, ImageDataset dataset, int most) {
    int count = Math.min(most, dataset.size(Split.VALIDATION));
    return IntStream.range(0, count)
        .mapToObj(i -> shown(dataset, i))
        .filter(shown -> shown.label() >= 0)
        .mapToInt(shown -> net.classify(shown) == shown.label() ? 1 : 0)
        .average();
  }

  private static LabelledImage shown(ImageDataset dataset, int index) {
    LabelledImage image = dataset.image(Split.VALIDATION, index);
    return dataset.spec().isLabelled() ? image : turned(image, index % turns(dataset));
  }

  /** The image after so many turns, quarter turns where it is a square, else half turns. */
  private static LabelledImage turned(LabelledImage image, int turns) {
    byte[] rgb = image.rgb();
    for (int turn = 0; turn < turns; turn++) {
      rgb =
          image.size().isSquare()
              ? quarterTurned(rgb, image.size().height())
              : halfTurned(rgb, image.size().area());
    }
    return new LabelledImage(image.id(), turns, image.size(), rgb);
  }

  private static byte[] quarterTurned(byte[] rgb, int side) {
    byte[] next = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      int x = i % side;
      int row = i / side;
      int channel = row / side;
      int y = row % side;
      next[(channel * side + x) * side + side - 1 - y] = rgb[i];
    }
    return next;
  }

  private static byte[] halfTurned(byte[] rgb, int area) {
    byte[] next = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      int channel = i / area;
      next[channel * area + area - 1 - i % area] = rgb[i];
    }
    return next;
  }
}
