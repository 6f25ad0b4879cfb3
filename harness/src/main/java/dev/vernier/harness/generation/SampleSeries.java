package dev.vernier.harness.generation;

import dev.vernier.harness.files.GrowingFile;
import dev.vernier.harness.plugins.CheckedTokenizer;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.Generator;
import dev.vernier.spi.GeneratorSpec;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.SamplingSettings;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A series of images drawn from a generator, a class after the other in turn. An image depends on
 * its number and the settings alone.
 */
public final class SampleSeries implements AutoCloseable {
  /**
   * Images drawn at a time. A series goes on between two such parts, and there hears of Ctrl-C: a
   * large generator takes minutes for one.
   */
  private static final int PART = 16;

  private static final String TASK = "draw samples";

  private final GeneratorSpec spec;
  private final List<Integer> classes;
  private final int count;
  private final TokenFile file;

  /**
   * A series.
   *
   * @param spec the generator's
   * @param classes that take turns; all of them where there is none
   * @param count number of images
   * @param file takes their tokens; what is there already is taken up
   */
  public SampleSeries(GeneratorSpec spec, List<Integer> classes, int count, Path file)
      throws IOException {
    this.spec = spec;
    this.classes = List.copyOf(classes);
    this.count = count;
    this.file = new TokenFile(file, spec);
  }

  /** How many images there will be. */
  public int count() {
    return count;
  }

  /** The class of an image. */
  public int label(int image) {
    return classes.isEmpty() ? image % spec.classes() : classes.get(image % classes.size());
  }

  /**
   * Draws what is not there yet.
   *
   * @param between called between parts; may throw to stop, and what is drawn is kept
   * @return seconds that drawing all of it took, in earlier sessions, too
   */
  public double draw(
      Generator generator, SamplingSettings settings, Runnable between, Progress progress)
      throws IOException {
    GrowingFile.Position begin = file.position();
    int there = (int) Math.min(count, begin.records());
    long start = System.nanoTime();
    // First of all, since pace is measured from here.
    progress.update(TASK, there, count, "");
    for (int first = there; first < count; first += PART) {
      between.run();
      int[] labels = labels(first, Math.min(PART, count - first));
      Tokens tokens = generator.sample(labels, first, settings);
      double seconds = (System.nanoTime() - start) / 1e9;
      file.add(tokens, begin.seconds() + seconds);
      int done = first + labels.length;
      double rate = (double) (done - there) * file.subTokens() / Math.max(1e-9, seconds);
      progress.update(TASK, done, count, String.format(Locale.ROOT, "%.0f sub-tokens/s", rate));
    }
    return file.position().seconds();
  }

  private int[] labels(int first, int images) {
    int[] labels = new int[images];
    Arrays.setAll(labels, i -> label(first + i));
    return labels;
  }

  /**
   * Some images of a series that has been drawn.
   *
   * @param tokenizer decodes them
   */
  public List<LabelledImage> images(Tokenizer tokenizer, int first, int most) throws IOException {
    int images = Math.min(most, count - first);
    Tokens tokens = file.read(first, images);
    ImageSize size = tokenizer.spec().imageSize();
    byte[] all;
    try (INDArray decoded = new CheckedTokenizer(tokenizer).decode(tokens)) {
      all = Pixels.toBytes(Pixels.toFiniteFloats(tokenizer.spec().name(), decoded));
    }
    int each = all.length / images;
    List<LabelledImage> decoded = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      byte[] rgb = Arrays.copyOfRange(all, i * each, (i + 1) * each);
      decoded.add(new LabelledImage("sample-" + (first + i), label(first + i), size, rgb));
    }
    return decoded;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
