package __package__;

import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Split;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.TrainableTokenizer;
import dev.vernier.spi.TrainingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;

/** k-means in small steps: every colour follows the blocks that are nearest to it. */
final class __Name__Training implements TrainableTokenizer {
  private final __Name__Settings settings;
  private Codebook codebook;

  /** Begins with the colours of random blocks of training images. */
  __Name__Training(__Name__Settings settings, TrainingContext context) {
    this.settings = settings;
    ImageDataset dataset = context.dataset();
    float[][] colours = new float[settings.codebookSize()][];
    this.codebook = new Codebook(dataset.spec().imageSize(), settings.block(), colours);
    Random random = new Random(context.seed());
    for (int code = 0; code < colours.length; code++) {
      int index = random.nextInt(dataset.size(Split.TRAIN));
      try (INDArray image = Pixels.toArray(List.of(dataset.image(Split.TRAIN, index)))) {
        float[][] blocks = codebook.blocks(image);
        colours[code] = blocks[random.nextInt(blocks.length)];
      }
    }
  }

  @Override
  public TokenizerSpec spec() {
    return __Name__Tokenizer.spec(codebook);
  }

  @Override
  public Map<String, Double> step(INDArray images) {
    float[][] colours = codebook.colours();
    double[][] sums = new double[colours.length][3];
    int[] counts = new int[colours.length];
    double error = 0;
    float[][] blocks = codebook.blocks(images);
    for (float[] block : blocks) {
      int code = codebook.nearest(block);
      counts[code]++;
      error += codebook.distance(block, code);
      for (int c = 0; c < 3; c++) {
        sums[code][c] += block[c];
      }
    }
    for (int code = 0; code < colours.length; code++) {
      for (int c = 0; c < 3 && counts[code] > 0; c++) {
        colours[code][c] += settings.rate() * (sums[code][c] / counts[code] - colours[code][c]);
      }
    }
    return Map.of("error", error / (3 * blocks.length));
  }

  @Override
  public Tokenizer tokenizer() {
    return new __Name__Tokenizer(codebook.copy());
  }

  @Override
  public void save(Path folder) throws IOException {
    codebook.save(folder);
  }

  @Override
  public void restore(Path folder) throws IOException {
    codebook = Codebook.load(settings, folder);
  }

  @Override
  public void close() {}
}
