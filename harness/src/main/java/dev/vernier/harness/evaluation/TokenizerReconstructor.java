package dev.vernier.harness.evaluation;

import dev.vernier.harness.plugins.CheckedTokenizer;
import dev.vernier.harness.protocols.Reconstruction;
import dev.vernier.records.Phase;
import dev.vernier.spi.CodeVectors;
import dev.vernier.spi.LabelledImage;
import dev.vernier.spi.PartialDecoder;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sends images through a tokenizer, which stays the caller's, and takes the time. */
final class TokenizerReconstructor implements Reconstructor {
  private final CheckedTokenizer checked;
  private final ClampedValues clamped = new ClampedValues();
  private double encodeSeconds;
  private double decodeSeconds;
  private long timed;

  TokenizerReconstructor(Tokenizer tokenizer) {
    this.checked = new CheckedTokenizer(tokenizer);
  }

  @Override
  public Optional<TokenizerSpec> coded() {
    return Optional.of(checked.tokenizer().spec());
  }

  @Override
  public Optional<CodeVectors> vectors() {
    return checked.tokenizer() instanceof CodeVectors vectors
        ? Optional.of(vectors)
        : Optional.empty();
  }

  @Override
  public void warmUp(List<LabelledImage> some) {
    try (INDArray images = Pixels.toArray(some)) {
      checked.decode(checked.encode(images)).close();
    }
  }

  @Override
  public Batch of(List<LabelledImage> real, int first) {
    try (INDArray images = Pixels.toArray(real)) {
      long start = System.nanoTime();
      Tokens tokens = checked.encode(images);
      long encoded = System.nanoTime();
      try (INDArray decoded = checked.decode(tokens)) {
        decodeSeconds += (System.nanoTime() - encoded) / 1e9;
        encodeSeconds += (encoded - start) / 1e9;
        timed += real.size();
        float[] values = values(decoded);
        clamped.add(values);
        return new Batch(
            images(real, Pixels.toBytes(values)),
            Optional.of(tokens),
            (cropped, place) -> ofCrops(cropped, place - first, real, values));
      }
    }
  }

  /**
   * What comes back of crops. Those that are what was sent already, as of images that have the
   * size, are not sent again.
   *
   * @param at place of the first among those sent
   */
  private List<Reconstruction> ofCrops(
      List<LabelledImage> cropped, int at, List<LabelledImage> sent, float[] back) {
    boolean same =
        IntStream.range(0, cropped.size())
            .allMatch(i -> Arrays.equals(cropped.get(i).rgb(), sent.get(at + i).rgb()));
    if (same) {
      return parts(back, back.length / sent.size(), at, cropped.size());
    }
    try (INDArray images = Pixels.toArray(cropped);
        INDArray decoded = checked.decode(checked.encode(images))) {
      float[] values = values(decoded);
      return parts(values, values.length / cropped.size(), 0, cropped.size());
    }
  }

  private float[] values(INDArray decoded) {
    return Pixels.toFiniteFloats(checked.tokenizer().spec().name(), decoded);
  }

  private static List<Reconstruction> parts(float[] values, int each, int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> Arrays.copyOfRange(values, i * each, (i + 1) * each))
        .<Reconstruction>map(Reconstruction.Decoded::new)
        .toList();
  }

  @Override
  public List<List<LabelledImage>> partsOf(List<LabelledImage> real) {
    List<List<LabelledImage>> parts = new ArrayList<>();
    int books = checked.tokenizer().spec().subCodebooks().size();
    if (books > 1 && checked.tokenizer() instanceof PartialDecoder decoder) {
      try (INDArray images = Pixels.toArray(real)) {
        Tokens tokens = checked.encode(images);
        for (int j = 0; j < books; j++) {
          try (INDArray alone = checked.checked(decoder.decode(tokens, Set.of(j)), real.size())) {
            parts.add(images(real, Pixels.toBytes(values(alone))));
          }
        }
      }
    }
    return parts;
  }

  private static List<LabelledImage> images(List<LabelledImage> real, byte[] bytes) {
    int each = bytes.length / real.size();
    List<LabelledImage> images = new ArrayList<>();
    for (int i = 0; i < real.size(); i++) {
      LabelledImage source = real.get(i);
      byte[] rgb = Arrays.copyOfRange(bytes, i * each, (i + 1) * each);
      images.add(new LabelledImage(source.id(), source.label(), source.size(), rgb));
    }
    return images;
  }

  @Override
  public List<Phase> phases() {
    return List.of(
        new Phase("encode", encodeSeconds, timed), new Phase("decode", decodeSeconds, timed));
  }

  @Override
  public List<String> notes() {
    return clamped.notes(checked.tokenizer().spec().name());
  }
}
