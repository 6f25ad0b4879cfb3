package dev.vernier.harness.codes;

import dev.vernier.harness.data.TenCrop;
import dev.vernier.harness.files.GrowingFile;
import dev.vernier.harness.images.RgbImage;
import dev.vernier.harness.plugins.CheckedTokenizer;
import dev.vernier.harness.progress.Progress;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Split;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.Tokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Encodes a split, image by image in all its views. */
final class Encoding {
  private static final int BATCH = 32;
  private final Tokenizer tokenizer;
  private final ImageDataset dataset;
  private final Split split;
  private final CodeSource source;

  Encoding(Tokenizer tokenizer, ImageDataset dataset, Split split, CodeSource source) {
    this.tokenizer = tokenizer;
    this.dataset = dataset;
    this.split = split;
    this.source = source;
  }

  /**
   * Adds to a file what it lacks.
   *
   * @param between called between parts; may throw to stop, and what is encoded is kept
   */
  void write(GrowingFile file, Runnable between, Progress progress) throws IOException {
    GrowingFile.Position begin = file.position();
    String task = "encode " + source.split() + " images";
    long start = System.nanoTime();
    progress.update(task, begin.records(), source.images(), "");
    for (int first = (int) begin.records(); first < source.images(); first += BATCH) {
      between.run();
      int count = Math.min(BATCH, source.images() - first);
      ByteBuffer records = encoded(first, count);
      file.add(records, begin.seconds() + (System.nanoTime() - start) / 1e9);
      progress.update(task, first + count, source.images(), "");
    }
  }

  private ByteBuffer encoded(int first, int count) {
    List<List<LabelledImage>> views = new ArrayList<>();
    for (int i = 0; i < source.views(); i++) {
      views.add(new ArrayList<>());
    }
    for (int i = first; i < first + count; i++) {
      List<LabelledImage> own = views(i);
      for (int v = 0; v < own.size(); v++) {
        views.get(v).add(own.get(v));
      }
    }
    List<int[]> indices = views.stream().map(this::indices).toList();
    ByteBuffer bytes = ByteBuffer.allocate(count * source.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putInt(views.get(0).get(i).label());
      for (int[] view : indices) {
        for (int j = 0; j < source.indices(); j++) {
          bytes.putInt(view[i * source.indices() + j]);
        }
      }
    }
    return bytes.flip();
  }

  private List<LabelledImage> views(int index) {
    if (source.tenCrop()) {
      return TenCrop.of(dataset, index);
    }
    LabelledImage image = dataset.image(split, index);
    return List.of(image, mirrored(image));
  }

  private int[] indices(List<LabelledImage> images) {
    try (INDArray array = Pixels.toArray(images)) {
      Tokens tokens = new CheckedTokenizer(tokenizer).encode(array);
      return tokens.toArray();
    }
  }

  private static LabelledImage mirrored(LabelledImage image) {
    byte[] rgb =
        new RgbImage(image.size().width(), image.size().height(), image.rgb()).mirrored().rgb();
    return new LabelledImage(image.id(), image.label(), image.size(), rgb);
  }
}
