package dev.vernier.harness.codes;

import dev.vernier.harness.data.RgbImage;
import dev.vernier.harness.progress.Progress;
import dev.vernier.records.WholeFile;
import dev.vernier.spi.ImageDataset;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Sha256;
import dev.vernier.spi.Split;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.Tokens;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Encodes a split, image by image with its mirror image. */
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
   * Writes a file.
   *
   * @return its SHA-256
   */
  String write(Path file, Progress progress) throws IOException {
    Sha256 hash = new Sha256();
    WholeFile.write(
        file,
        beside -> {
          try (OutputStream out = Files.newOutputStream(beside)) {
            for (int first = 0; first < source.images(); first += BATCH) {
              byte[] bytes = encoded(first, Math.min(BATCH, source.images() - first));
              hash.add(bytes);
              out.write(bytes);
              int done = Math.min(source.images(), first + BATCH);
              progress.update("encode " + source.split() + " images", done, source.images(), "");
            }
          }
        });
    return hash.hexadecimal();
  }

  private byte[] encoded(int first, int count) {
    List<LabelledImage> images = new ArrayList<>();
    List<LabelledImage> mirrored = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      LabelledImage image = dataset.image(split, i);
      images.add(image);
      mirrored.add(mirrored(image));
    }
    int[][] views = {indices(images), indices(mirrored)};
    ByteBuffer bytes = ByteBuffer.allocate(count * source.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putInt(images.get(i).label());
      for (int[] view : views) {
        for (int j = 0; j < source.indices(); j++) {
          bytes.putInt(view[i * source.indices() + j]);
        }
      }
    }
    return bytes.array();
  }

  private int[] indices(List<LabelledImage> images) {
    try (INDArray array = Pixels.toArray(images)) {
      Tokens tokens = tokenizer.encode(array);
      return tokens.toArray();
    }
  }

  private static LabelledImage mirrored(LabelledImage image) {
    byte[] rgb =
        new RgbImage(image.size().width(), image.size().height(), image.rgb()).mirrored().rgb();
    return new LabelledImage(image.id(), image.label(), image.size(), rgb);
  }
}
