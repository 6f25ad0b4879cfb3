package dev.vernier.generators.far;

import dev.vernier.spi.Declared;
import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.SubCodebook;
import dev.vernier.spi.TokenizerSpec;
import dev.vernier.spi.UsageException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of the transformer and its training.
 *
 * @param preset published sizes in place of the next five settings, which are left as they are then
 * @param width channels
 * @param layers blocks of the trunk
 * @param heads attention heads
 * @param headLayers blocks of a factorized head
 * @param hiddenMultiple what the hidden width is rounded up to a multiple of
 * @param classRow the rotary table's row of the class token
 * @param publishedGrid side of the code grid of a published file
 * @param dropout of tokens, residuals and feed-forward layers
 * @param classDropout how often the class is dropped, for guidance
 * @param learningRate constant, of AdamW
 * @param weightDecay of matrices
 * @param clip largest gradient norm
 */
record FarSettings(
    @Declared(
            byDefault = "none",
            meaning =
                "published sizes b or l in place of width, layers, heads, head-layers and"
                    + " hidden-multiple, or none")
        Preset preset,
    @Declared(
            byDefault = "256",
            quick = "96",
            standard = "128",
            paper = "1024",
            from = 4,
            to = 8192,
            meaning = "channels; FAR-B 1024, FAR-L 1280")
        int width,
    @Declared(
            byDefault = "6",
            quick = "3",
            standard = "4",
            paper = "24",
            from = 1,
            to = 200,
            meaning = "blocks; FAR-B 24, FAR-L 36")
        int layers,
    @Declared(
            byDefault = "8",
            quick = "4",
            standard = "4",
            paper = "16",
            from = 1,
            to = 256,
            meaning = "attention heads; FAR-B 16, FAR-L 20")
        int heads,
    @Declared(
            byDefault = "2",
            quick = "1",
            standard = "1",
            paper = "3",
            from = 1,
            to = 64,
            meaning = "blocks of the factorized head, far only; FAR-B 3, FAR-L 4")
        int headLayers,
    @Declared(
            byDefault = "256",
            quick = "32",
            from = 1,
            to = 8192,
            meaning = "the hidden width is a multiple of this; paper 256")
        int hiddenMultiple,
    @Declared(
            name = "rotary-class-row",
            byDefault = "auto",
            paper = "zero",
            meaning =
                "the class token's queries and keys: zero, a fault that published models need,"
                    + " identity, or auto: zero for published sizes and files alone")
        ClassRow classRow,
    @Declared(
            byDefault = "16",
            from = 1,
            to = 1024,
            meaning = "side of a published file's grid: 16 for 256 pixels, 24 for 384")
        int publishedGrid,
    @Declared(
            byDefault = "0.1",
            to = 0.9,
            meaning = "dropout of tokens, residuals and feed-forward layers; paper 0.1")
        double dropout,
    @Declared(
            byDefault = "0.1",
            to = 0.9,
            meaning = "how often the class is dropped, 0 for no guidance; paper 0.1")
        double classDropout,
    @Declared(
            byDefault = "0.0005",
            quick = "0.001",
            paper = "0.0001",
            to = 1,
            meaning = "of AdamW, constant; paper 1e-4")
        double learningRate,
    @Declared(byDefault = "0.05", to = 10, meaning = "of matrices; paper 0.05") double weightDecay,
    @Declared(
            byDefault = "1",
            to = 1e6,
            meaning = "largest norm of the gradient, 0 for no clipping; paper 1")
        double clip) {
  /**
   * Checks that the numbers fit each other.
   *
   * @throws UsageException if heads and width do not, or a size is given beside a preset
   */
  FarSettings {
    Sizes own = new Sizes(width, layers, heads, headLayers, hiddenMultiple);
    if (preset != Preset.NONE) {
      own.refuseBeside(preset);
    } else if (width % heads != 0 || width / heads % 4 != 0) {
      throw new UsageException(
          "heads "
              + heads
              + " do not divide width "
              + width
              + " into multiples of 4 channels: change one of them");
    }
  }

  /**
   * Looks whether a model can be guided.
   *
   * @param classDropout by which it was trained
   * @throws UsageException if it never saw the null class
   */
  static void checkGuidance(double classDropout) {
    if (classDropout == 0) {
      throw new UsageException(
          "class-dropout 0 trains no null class to guide by: draw with guidance 1, or train with"
              + " class-dropout 0.1");
    }
  }

  /** The sizes that a preset has in place of settings of the same names. */
  private record Sizes(int width, int layers, int heads, int headLayers, int hiddenMultiple) {
    /**
     * Looks whether they are a preset's, or what stands where none of them is given.
     *
     * @throws UsageException if they are neither
     */
    void refuseBeside(Preset preset) {
      if (!equals(preset.sizes()) && !Ungiven.SIZES.contains(this)) {
        throw new UsageException(
            "preset "
                + preset.name().toLowerCase(Locale.ROOT)
                + " has "
                + preset.sizes()
                + " and goes with no others, given are "
                + this
                + ": leave out the preset, or the sizes");
      }
    }

    @Override
    public String toString() {
      return "width "
          + width
          + ", layers "
          + layers
          + ", heads "
          + heads
          + ", head-layers "
          + headLayers
          + ", hidden-multiple "
          + hiddenMultiple;
    }
  }

  /** The sizes where none is given, by default and at each scale. */
  private static final class Ungiven {
    /** What stood beside preset b at the paper scale while that named it; saved models have it. */
    private static final Sizes FORMERLY = new Sizes(256, 6, 8, 3, 256);

    static final Set<Sizes> SIZES =
        Stream.concat(
                Stream.of(FORMERLY),
                Stream.of("none", "quick", "standard", "paper").map(Ungiven::at))
            .collect(Collectors.toUnmodifiableSet());

    private static Sizes at(String scale) {
      List<Setting<?>> all = Setting.of(FarSettings.class);
      Map<String, String> own = new HashMap<>();
      all.forEach(each -> each.at(scale).ifPresent(text -> own.put(each.name(), text)));
      return Settings.of(all, own).bind(FarSettings.class).sizes();
    }
  }

  /** Published sizes. */
  enum Preset {
    /** As the other settings say. */
    NONE(0, 0, 0, 0),
    /** FAR-B: 24 blocks of 1,024 channels, 16 heads, 3 blocks in the head. */
    B(1024, 24, 16, 3),
    /** FAR-L: 36 blocks of 1,280 channels, 20 heads, 4 blocks in the head. */
    L(1280, 36, 20, 4);

    private static final int HIDDEN_MULTIPLE = 256;

    private final int width;
    private final int layers;
    private final int heads;
    private final int headLayers;

    Preset(int width, int layers, int heads, int headLayers) {
      this.width = width;
      this.layers = layers;
      this.heads = heads;
      this.headLayers = headLayers;
    }

    Sizes sizes() {
      return new Sizes(width, layers, heads, headLayers, HIDDEN_MULTIPLE);
    }
  }

  /** The rotary table's row of the class token. */
  enum ClassRow {
    /** Zeros for published sizes, and for files that do not say it; else the identity. */
    AUTO,
    /** Zeros, as published: its queries and keys vanish. */
    ZERO,
    /** It is not rotated. */
    IDENTITY;

    /** How it is written. */
    static String of(boolean zero) {
      return (zero ? ZERO : IDENTITY).name().toLowerCase(Locale.ROOT);
    }
  }

  /** The sizes for a tokenizer's tokens. */
  FarShape shape(TokenizerSpec tokenizer, int classes) {
    return shape(tokenizer.subCodebooks(), tokenizer.gridHeight(), tokenizer.gridWidth(), classes);
  }

  /** The sizes for tokens. */
  FarShape shape(List<SubCodebook> codebooks, int rows, int columns, int classes) {
    return shape(codebooks, rows, columns, classes, zeroClassRow(preset != Preset.NONE));
  }

  /**
   * Whether the class token's row is zero.
   *
   * @param byItself what holds where the setting leaves it open
   */
  boolean zeroClassRow(boolean byItself) {
    return classRow == ClassRow.AUTO ? byItself : classRow == ClassRow.ZERO;
  }

  private Sizes sizes() {
    return preset == Preset.NONE
        ? new Sizes(width, layers, heads, headLayers, hiddenMultiple)
        : preset.sizes();
  }

  /** The sizes for tokens, the class token's row chosen. */
  FarShape shape(
      List<SubCodebook> codebooks, int rows, int columns, int classes, boolean zeroClassRow) {
    Sizes sizes = sizes();
    return new FarShape(
        codebooks,
        rows,
        columns,
        classes,
        sizes.width,
        sizes.layers,
        sizes.heads,
        sizes.headLayers,
        sizes.hiddenMultiple,
        zeroClassRow);
  }
}
