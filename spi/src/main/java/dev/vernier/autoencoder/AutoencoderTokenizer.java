package dev.vernier.autoencoder;

import dev.vernier.engine.Execution;
import dev.vernier.engine.Executors;
import dev.vernier.engine.PaddedBatches;
import dev.vernier.engine.memory.Floats;
import dev.vernier.engine.memory.Owned;
import dev.vernier.engine.nn.FeatureMap;
import dev.vernier.engine.program.Graph;
import dev.vernier.engine.program.Parameters;
import dev.vernier.engine.program.Program;
import dev.vernier.engine.program.operations.Lookup;
import dev.vernier.engine.train.Checkpoint;
import dev.vernier.spi.CodeVectors;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.PartialDecoder;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.Tokenizer;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.Tokens;
import dev.vernier.spi.UsageException;
import dev.vernier.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A trained tokenizer of the VQGAN frame. It always computes batches of one fixed size, the last
 * one padded, so that an image's codes and reconstruction do not depend on the images beside it,
 * and on its place among them by rounding alone.
 */
public final class AutoencoderTokenizer implements Tokenizer, PartialDecoder, CodeVectors {
  /** What published checkpoints were trained on. */
  public static final ImageSize PUBLISHED_IMAGE_SIZE = ImageSize.square(256);

  /** The weights' file in a folder that {@link #save} wrote. */
  private static final String WEIGHTS = "weights.safetensors";

  /**
   * As many pixels as 32 CIFAR images: enough work for every core, little enough memory for one 256
   * x 256 image at paper scale.
   */
  private static final int PIXELS_A_BATCH = 32 * 32 * 32;

  private final TokenizerSpec spec;
  private final Coding coding;
  private final Nets nets;
  private final PaddedBatches batches;
  private final Owned owned = new Owned();
  private final Parameters parameters;
  private final Execution encoder;
  private final Execution decoder;

  /**
   * A tokenizer with weights copied from elsewhere.
   *
   * @param weights gives each parameter's values by name
   */
  AutoencoderTokenizer(
      TokenizerSpec spec,
      AutoencoderSettings settings,
      Coding coding,
      Function<String, INDArray> weights) {
    this(spec, coding, Nets.lay(settings, coding, spec.imageSize()), weights);
  }

  private AutoencoderTokenizer(
      TokenizerSpec spec, Coding coding, Nets nets, Function<String, INDArray> weights) {
    this(spec, coding, nets, nets.parameters(weights));
  }

  private AutoencoderTokenizer(
      TokenizerSpec spec, Coding coding, Nets nets, Parameters parameters) {
    this.spec = spec;
    this.coding = coding;
    this.nets = nets;
    this.batches = new PaddedBatches(Nets.batch(spec.imageSize()));
    this.parameters = owned.add(parameters);
    SDVariable[] encodings = nets.encodings().toArray(SDVariable[]::new);
    try {
      this.encoder =
          owned.add(
              Executors.chosen()
                  .compile(Program.inference(nets.encoding(), encodings), parameters));
      this.decoder =
          owned.add(
              Executors.chosen()
                  .compile(Program.inference(nets.decoding(), nets.reconstruction()), parameters));
    } catch (RuntimeException | Error e) {
      owned.close();
      throw e;
    }
  }

  /** The description of a tokenizer of this frame. */
  static TokenizerSpec spec(
      String name,
      AutoencoderSettings settings,
      Coding coding,
      ImageSize imageSize,
      long parameters) {
    return new TokenizerSpec(
        name,
        imageSize,
        settings.downsampling(),
        coding.subCodebooks(),
        coding.codeDimension(),
        parameters);
  }

  /**
   * A tokenizer from a folder that {@link #save} wrote, or a file with the same parameter names.
   *
   * @param imageSize of the images, where the file does not say it
   * @throws UsageException if the weights do not fit the settings
   */
  public static AutoencoderTokenizer load(
      String name, AutoencoderSettings settings, Coding coding, Path weights, ImageSize imageSize)
      throws IOException {
    Path file = weightFile(weights);
    try (WeightFile opened = published(file, coding::parameter)) {
      ImageSize size =
          ImageSize.parse(opened.metadata().getOrDefault("image-size", imageSize.text()));
      settings.check(size);
      Nets nets = Nets.lay(settings, coding, size);
      Parameters parameters = nets.parameters();
      try {
        Checkpoint.load(opened, file, parameters);
      } catch (IOException | RuntimeException | Error e) {
        parameters.close();
        throw e;
      }
      TokenizerSpec spec = spec(name, settings, coding, size, parameters.count());
      return new AutoencoderTokenizer(spec, coding, nets, parameters);
    }
  }

  private static PublishedCheckpoint published(
      Path file, Function<String, Optional<String>> parameters) throws IOException {
    WeightFile opened = WeightFile.open(file);
    try {
      return new PublishedCheckpoint(file, opened, parameters);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * What the arrays of a weight file show, such as a size that is no setting.
   *
   * @param weights a folder that {@link #save} wrote, or a file; names are seen as {@link
   *     Coding#parameter} sees them
   */
  public static <T> T inspect(Path weights, Function<WeightFile, T> reading) throws IOException {
    try (PublishedCheckpoint opened = published(weightFile(weights), Optional::of)) {
      return reading.apply(opened);
    }
  }

  /**
   * The settings by which a published checkpoint has to be loaded, as its arrays show them.
   *
   * @param family reads a family's own settings off the arrays; empty where they are another's
   * @return empty where the file is not of this frame and family, or no file of weights
   */
  public static Map<String, String> settingsOf(
      Path file, Function<PublishedCheckpoint, Map<String, String>> family) throws IOException {
    if (!WeightFile.recognizes(file)) {
      return Map.of();
    }
    try (PublishedCheckpoint opened = published(file, Optional::of)) {
      Map<String, String> frame = opened.settings();
      Map<String, String> own = frame.isEmpty() ? Map.of() : family.apply(opened);
      if (own.isEmpty()) {
        return Map.of();
      }
      Map<String, String> settings = new LinkedHashMap<>(frame);
      settings.putAll(own);
      return settings;
    }
  }

  /**
   * What is taken for granted of a published checkpoint, a line each; nothing of a folder that
   * {@link #save} wrote.
   */
  public static List<String> assumptions(Path weights) throws IOException {
    return assumptions(weights, file -> Optional.empty());
  }

  /**
   * The same of a family that assumes more.
   *
   * @param family what a family assumes besides which of several models in a file is meant
   */
  public static List<String> assumptions(
      Path weights, Function<PublishedCheckpoint, Optional<String>> family) throws IOException {
    if (Files.isDirectory(weights)) {
      return List.of();
    }
    try (PublishedCheckpoint opened = published(weights, Optional::of)) {
      return Stream.of(opened.choice(), family.apply(opened)).flatMap(Optional::stream).toList();
    }
  }

  /** The weight file in a folder that {@link #save} wrote; any other path is the file itself. */
  public static Path weightFile(Path weights) {
    return Files.isDirectory(weights) ? weights.resolve(WEIGHTS) : weights;
  }

  private int area() {
    return spec.gridHeight() * spec.gridWidth();
  }

  @Override
  public TokenizerSpec spec() {
    return spec;
  }

  @Override
  public Tokens encode(INDArray images) {
    ImageSize size = spec.imageSize();
    if (images.rank() != 4
        || !Arrays.equals(
            images.shape(), new long[] {images.size(0), 3, size.height(), size.width()})) {
      throw new IllegalArgumentException(
          "images of shape " + Arrays.toString(images.shape()) + " do not fit " + spec);
    }
    int count = (int) images.size(0);
    List<SubCodebook> books = spec.subCodebooks();
    int[] all = new int[count * books.size() * area()];
    try (INDArray padded = images.dup('c')) {
      float[] pixels = Floats.all(padded);
      batches.forEach(
          count,
          (from, present) -> {
            encoder.set(
                nets.images(), batches.padded(pixels, pixels.length / count, from, present));
            encoder.run();
            for (int j = 0; j < books.size(); j++) {
              int[] indices;
              try (INDArray found = encoder.read(nets.encodings().get(j))) {
                indices = coding.nearest(j, found, parameters);
              }
              for (int n = 0; n < present; n++) {
                System.arraycopy(
                    indices, n * area(), all, ((from + n) * books.size() + j) * area(), area());
              }
            }
          });
    }
    return new Tokens(all, count, books, spec.gridHeight(), spec.gridWidth());
  }

  @Override
  public INDArray decode(Tokens tokens) {
    int k = spec.subCodebooks().size();
    return decode(tokens, IntStream.range(0, k).boxed().collect(Collectors.toSet()));
  }

  @Override
  public INDArray decode(Tokens tokens, Set<Integer> kept) {
    if (!tokens.subCodebooks().equals(spec.subCodebooks())
        || tokens.height() != spec.gridHeight()
        || tokens.width() != spec.gridWidth()) {
      throw new IllegalArgumentException(tokens + " are not tokens of " + spec);
    }
    int k = spec.subCodebooks().size();
    ImageSize size = spec.imageSize();
    int[] all = tokens.toArray();
    INDArray images =
        Nd4j.createUninitialized(DataType.FLOAT, tokens.batch(), 3, size.height(), size.width());
    Floats target = Floats.of(images);
    batches.forEach(
        tokens.batch(),
        (from, present) -> {
          for (int j = 0; j < k; j++) {
            int[] indices = new int[batches.size() * area()];
            for (int n = 0; n < present && kept.contains(j); n++) {
              System.arraycopy(all, ((from + n) * k + j) * area(), indices, n * area(), area());
            }
            if (!kept.contains(j)) {
              Arrays.fill(indices, Lookup.NONE);
            }
            decoder.set(nets.indices().get(j), indices);
          }
          decoder.run();
          float[] decoded = decoder.floats(nets.reconstruction());
          int each = 3 * size.area();
          target.write(from * each, decoded, present * each);
        });
    return images;
  }

  @Override
  public INDArray vectors(int subCodebook, int[] codes) {
    return coding.vectors(subCodebook, codes, parameters);
  }

  @Override
  public void save(Path folder) throws IOException {
    Checkpoint.write(
        folder.resolve(WEIGHTS),
        parameters,
        Map.of(),
        Map.of("image-size", spec.imageSize().text()));
  }

  @Override
  public void close() {
    owned.close();
  }

  /** Encoder and decoder as graphs, for batches of fixed size. */
  private record Nets(
      Graph encoding,
      SDVariable images,
      List<SDVariable> encodings,
      Graph decoding,
      List<SDVariable> indices,
      SDVariable reconstruction) {
    static int batch(ImageSize size) {
      return Math.max(1, PIXELS_A_BATCH / size.area());
    }

    static Nets lay(AutoencoderSettings settings, Coding coding, ImageSize size) {
      int batch = batch(size);
      int rows = size.height() / settings.downsampling();
      int columns = size.width() / settings.downsampling();
      Graph encoding = new Graph();
      SDVariable images = encoding.input("images", batch, 3, size.height(), size.width());
      List<SDVariable> encodings =
          coding.encodings(
              settings.architecture().trunk(settings, FeatureMap.ofInput(encoding, images)));
      Graph decoding = new Graph();
      List<SDVariable> indices = new ArrayList<>();
      for (int j = 0; j < coding.subCodebooks().size(); j++) {
        indices.add(decoding.integers("indices" + j, (long) batch * rows * columns));
      }
      FeatureMap z = coding.decode(decoding, indices, batch, rows, columns);
      SDVariable reconstruction =
          settings.architecture().decode(settings, z).images().channelsFirst();
      return new Nets(encoding, images, encodings, decoding, indices, reconstruction);
    }

    /** The parameters of both, with values that do not matter. */
    Parameters parameters() {
      return Parameters.initialize(List.of(encoding, decoding), 0);
    }

    /** The parameters of both, with values by name. */
    Parameters parameters(Function<String, INDArray> values) {
      Parameters parameters = parameters();
      try {
        parameters.names().forEach(name -> parameters.get(name).assign(values.apply(name)));
      } catch (RuntimeException | Error e) {
        parameters.close();
        throw e;
      }
      return parameters;
    }
  }
}
