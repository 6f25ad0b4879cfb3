package dev.vernier.harness.onnx;

import dev.vernier.harness.codes.CodeGrid;
import dev.vernier.spi.Declared;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.Pixels;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A tokenizer of any framework as two ONNX files: an encoder from float {@code [N, 3, H, W]} to
 * indices, int32 or int64 in a layout of {@link CodeGrid}, and a decoder from such indices to float
 * {@code [N, 3, H, W]}. The downsampling factor is read off the shapes; nobody knows dimension and
 * parameters. Images share a run where N is open and an image in company is what it is alone; else
 * they go one at a time, or as many as the models take.
 */
public final class OnnxTokenizer implements Tokenizer {
  /** What records call it. */
  public static final String NAME = "onnx";

  /** Its setting that has no default: sizes of the sub-codebooks, separated by commas. */
  public static final String CODEBOOKS = "codebooks";

  private static final String SAME = "same";
  private static final int CHANNELS = 3;

  private final Path encoderFile;
  private final Path decoderFile;
  private final OnnxEncoder encoder;
  private final OnnxDecoder decoder;
  private final Normalization shown;
  private final Normalization decoded;
  private final DecodedRange range;
  private final boolean oneRange;
  private final CodeGrid grid;
  private final TokenizerSpec spec;

  /** What the files do not say. */
  private record Options(
      @Declared(byDefault = "0", meaning = "sizes of the sub-codebooks") List<Integer> codebooks,
      @Declared(
              byDefault = "-1..1",
              choices = {"-1..1", "0..1", "0..255", "imagenet", "clip"},
              meaning =
                  "black and white as the encoder takes them, or whose mean and deviation colours"
                      + " are normalized by")
          String range,
      @Declared(
              byDefault = SAME,
              choices = {SAME, "-1..1", "0..1", "0..255", "imagenet", "clip"},
              meaning = "the same of what the decoder gives; same: as the encoder takes it")
          String decodedRange) {}

  /** Its settings: what the files do not say. */
  public static List<Setting<?>> settings() {
    return Setting.of(Options.class);
  }

  /**
   * The hashes of both files.
   *
   * @throws dev.vernier.spi.UsageException if one is not there, or keeps weights in another file
   */
  public static List<String> hashes(Path encoder, Path decoder) throws IOException {
    return List.of(new OnnxFile(encoder).hash(), new OnnxFile(decoder).hash());
  }

  /**
   * Opens one.
   *
   * @param settings those of {@link #settings}
   * @param size of the images, where the encoder takes any
   * @throws dev.vernier.spi.UsageException if the files are no such models, or do not fit each
   *     other
   */
  public OnnxTokenizer(Path encoder, Path decoder, Settings settings, Optional<ImageSize> size) {
    Options own = settings.bind(Options.class);
    List<SubCodebook> books = CodeGrid.books(own.codebooks());
    this.encoderFile = encoder;
    this.decoderFile = decoder;
    this.shown = Normalization.of(own.range());
    this.oneRange = own.decodedRange().equals(SAME);
    this.decoded = oneRange ? shown : Normalization.of(own.decodedRange());
    this.range = new DecodedRange(decoded);
    this.encoder = OnnxEncoder.open(encoder, size);
    try {
      ImageSize images = this.encoder.size();
      this.grid = CodeGrid.of(this.encoder.shape(), books.size(), encoder.toString());
      int downsampling = grid.downsampling(images, encoder.toString());
      this.decoder = OnnxDecoder.open(decoder, grid, books.size(), images);
      this.spec = new TokenizerSpec(NAME, images, downsampling, books, 0, 0);
    } catch (RuntimeException e) {
      this.encoder.close();
      throw e;
    }
  }

  /**
   * The size of the images that an encoder takes.
   *
   * @return empty where it takes any
   */
  public static Optional<ImageSize> imageSize(Path encoder) {
    return OnnxEncoder.fixedSize(encoder);
  }

  /**
   * What a reader of its throughput has to know, and of its numbers once images have gone through,
   * a line each.
   */
  public List<String> caveats() {
    return Stream.of(encoder.caveat(), decoder.caveat(), range.likelier().map(this::otherRange))
        .flatMap(Optional::stream)
        .toList();
  }

  private String otherRange(Normalization likelier) {
    return String.format(
        Locale.ROOT,
        "%s gave values from %.2f to %.2f, which fit the range %s and not %s: give %s%s",
        decoderFile,
        range.lowest(),
        range.highest(),
        likelier.label(),
        decoded.label(),
        oneRange ? "range: " + likelier.label() + ", or " : "",
        "decoded-range: "
            + likelier.label()
            + (oneRange ? " where the encoder does take " + shown.label() : ""));
  }

  @Override
  public TokenizerSpec spec() {
    return spec;
  }

  @Override
  public Tokens encode(INDArray images) {
    int count = (int) images.size(0);
    float[] pixels = Pixels.toFloats(images);
    range.addImages(pixels, spec.imageSize().area());
    convert(pixels, shown::from);
    int[] indices = encoder.indices(pixels, count);
    grid.requireWithin(spec.subCodebooks(), indices, encoderFile.toString());
    return new Tokens(indices, count, spec.subCodebooks(), grid.height(), grid.width());
  }

  @Override
  public INDArray decode(Tokens tokens) {
    float[] values = decoder.images(tokens.toArray(), tokens.batch());
    range.addDecoded(values, spec.imageSize().area());
    convert(values, decoded::back);
    ImageSize size = spec.imageSize();
    return Nd4j.createFromArray(values)
        .reshape('c', tokens.batch(), CHANNELS, size.height(), size.width());
  }

  @FunctionalInterface
  private interface Conversion {
    float of(float value, int channel);
  }

  private void convert(float[] pixels, Conversion conversion) {
    int area = spec.imageSize().area();
    for (int from = 0; from < pixels.length; from += area) {
      int channel = from / area % CHANNELS;
      for (int i = from; i < from + area; i++) {
        pixels[i] = conversion.of(pixels[i], channel);
      }
    }
  }

  /** Copies both files. */
  @Override
  public void save(Path folder) throws IOException {
    Files.copy(encoderFile, folder.resolve("encoder.onnx"));
    Files.copy(decoderFile, folder.resolve("decoder.onnx"));
  }

  @Override
  public void close() {
    encoder.close();
    decoder.close();
  }
}
