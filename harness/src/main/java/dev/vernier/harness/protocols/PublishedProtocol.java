package dev.vernier.harness.protocols;

import dev.vernier.records.MetricKind;
import dev.vernier.spi.ImageSize;
import dev.vernier.spi.NearestName;
import dev.vernier.spi.UsageException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The protocols of papers, each as the code that its authors published has it. */
public enum PublishedProtocol {
  /**
   * LlamaGen (Sun et al. 2024) and FQGAN (Bai et al. 2024), whose scripts agree. Squares of 384 and
   * 512 are measured at 256, as their published numbers are.
   */
  LLAMAGEN(
      "LlamaGen, Table 4; FQGAN, Table 1",
      Preparation.ADM,
      Set.of(384, 512),
      new FrechetMeasure(MetricKind.RFID_LLAMAGEN, "tf1", Rounding.HALF_UP, false),
      new PairMeasure(MetricKind.PSNR_LLAMAGEN, PairScore.PSNR, Rounding.NONE, Rounding.HALF_UP, 1),
      new PairMeasure(
          MetricKind.SSIM_LLAMAGEN,
          PairScore.SSIM_OF_TWICE_THE_RANGE,
          Rounding.NONE,
          Rounding.HALF_UP,
          1)),
  /** Open-MAGVIT2 (Luo et al. 2024) and IBQ (Shi et al. 2024), with their script's batches. */
  SEED_VOKEN(
      "Open-MAGVIT2, Table 4; IBQ",
      Preparation.BILINEAR,
      new FrechetMeasure(MetricKind.RFID_SEED_VOKEN, "torch", Rounding.NONE, false),
      new PairMeasure(
          MetricKind.PSNR_SEED_VOKEN, PairScore.PSNR, Rounding.TRUNCATED, Rounding.TRUNCATED, 4),
      new PairMeasure(
          MetricKind.SSIM_SEED_VOKEN, PairScore.SSIM, Rounding.TRUNCATED, Rounding.TRUNCATED, 4)),
  /** VQGAN-LC (Zhu et al. 2024). */
  VQGAN_LC(
      "VQGAN-LC, Tables 1 and 2",
      Preparation.ALIASED,
      new FrechetMeasure(MetricKind.RFID_VQGAN_LC, "clean", Rounding.TRUNCATED_RESCALED, true),
      new PairMeasure(
          MetricKind.PSNR_VQGAN_LC, PairScore.LUMA_PSNR, Rounding.NONE, Rounding.NONE, 1),
      new PairMeasure(
          MetricKind.SSIM_VQGAN_LC, PairScore.SSIM_OF_REDUCED, Rounding.NONE, Rounding.NONE, 1)),
  /** TiTok (Yu et al. 2024), which has no PSNR and no SSIM. */
  TITOK(
      "TiTok, rFID of its tables",
      Preparation.BICUBIC,
      new FrechetMeasure(MetricKind.RFID_TITOK, "tf1", Rounding.HALF_UP, false));

  /** What a user writes for all of them. */
  public static final String ALL = "all";

  /** What a user writes for none. */
  public static final String NONE = "none";

  private static final int REDUCED_SIDE = 256;

  private final String tables;
  private final Preparation preparation;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
  private final Set<Integer> reduced;

  @SuppressWarnings("ImmutableEnumChecker") // a record of constants
  private final FrechetMeasure frechet;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of such
  private final List<PairMeasure> pairs;

  PublishedProtocol(
      String tables, Preparation preparation, FrechetMeasure frechet, PairMeasure... pairs) {
    this(tables, preparation, Set.of(), frechet, pairs);
  }

  PublishedProtocol(
      String tables,
      Preparation preparation,
      Set<Integer> reduced,
      FrechetMeasure frechet,
      PairMeasure... pairs) {
    this.tables = tables;
    this.preparation = preparation;
    this.reduced = reduced;
    this.frechet = frechet;
    this.pairs = List.of(pairs);
  }

  /** How a user names it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Where numbers of it stand. */
  public String tables() {
    return tables;
  }

  /** How originals become what the tokenizer sees. */
  public Preparation preparation() {
    return preparation;
  }

  /**
   * The side of the squares that are measured. Where it is not the tokenizer's, what comes back and
   * the originals of PSNR and SSIM are brought to it as {@link BicubicInterpolation} has it, before
   * they are rounded; the originals of the Frechet distance are cropped to it.
   *
   * @param side of the squares that the tokenizer sees
   */
  public int measuredSide(int side) {
    return reduced.contains(side) ? REDUCED_SIDE : side;
  }

  /** Its rFID. */
  public FrechetMeasure frechet() {
    return frechet;
  }

  /** Its PSNR and SSIM. */
  public List<PairMeasure> pairs() {
    return pairs;
  }

  /** The names of all, as users write them. */
  public static String labels() {
    return Arrays.stream(values()).map(PublishedProtocol::label).collect(Collectors.joining(", "));
  }

  /**
   * What a user names.
   *
   * @param names {@value #ALL}, {@value #NONE}, or labels with commas between
   * @return in the order of their declaration
   * @throws UsageException if one of them is unknown
   */
  public static Set<PublishedProtocol> of(String names) {
    if (names.equals(ALL)) {
      return EnumSet.allOf(PublishedProtocol.class);
    }
    Set<PublishedProtocol> chosen = EnumSet.noneOf(PublishedProtocol.class);
    if (!names.equals(NONE)) {
      for (String name : names.split(",", -1)) {
        chosen.add(one(name.strip()));
      }
    }
    return chosen;
  }

  /**
   * Refuses images that no paper measures: all of them crop to squares.
   *
   * @param chosen the protocols that are asked for
   * @throws UsageException if there are any, and images are no squares
   */
  public static void requireSquares(Set<PublishedProtocol> chosen, ImageSize images) {
    if (!chosen.isEmpty() && !images.isSquare()) {
      throw new UsageException(
          "papers measure squares, not images of "
              + images
              + ": leave protocols out, or choose images of one side");
    }
  }

  private static PublishedProtocol one(String name) {
    List<String> known = Arrays.stream(values()).map(PublishedProtocol::label).toList();
    int index = known.indexOf(name);
    if (index < 0) {
      throw new UsageException(NearestName.unknown("protocol", name, known));
    }
    return values()[index];
  }
}
