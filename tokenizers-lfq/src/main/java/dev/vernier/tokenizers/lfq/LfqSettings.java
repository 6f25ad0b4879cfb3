package dev.vernier.tokenizers.lfq;

import dev.vernier.spi.Setting;
import dev.vernier.spi.Settings;
import dev.vernier.spi.UsageException;
import java.util.List;

/**
 * The settings of lookup-free quantization.
 *
 * @param bits dimension d, of 2^d codes
 * @param subTokens parts of equal width into which a code is cut for generation
 * @param temperature tau of the code distribution in the entropy term
 * @param entropyWeight weight of the entropy term; 0 for none
 * @param commitmentWeight weight of the commitment loss
 * @param magvit whether encoder and decoder are those of Open-MAGVIT2
 * @param groupBits largest group of bits whose joint distribution over the batch is computed
 */
record LfqSettings(
    int bits,
    int subTokens,
    double temperature,
    double entropyWeight,
    double commitmentWeight,
    boolean magvit,
    int groupBits) {
  /** The value of {@code architecture} for that of Open-MAGVIT2. */
  static final String MAGVIT = "open-magvit2";

  private static final String VQGAN = "vqgan";
  private static final Setting<Integer> SIZE =
      Setting.integer(
          "codebook-size", 1024, 2, 1 << 30, "number of codes K, a power of two; paper 262144");
  private static final Setting<Integer> SUB_TOKENS =
      Setting.integer(
          "sub-tokens",
          1,
          1,
          30,
          "parts of equal size a code is cut into for generation; MAGVIT-v2 has 2 of 9 bits");
  private static final Setting<Double> TEMPERATURE =
      Setting.number(
          "temperature", 1, 1e-4, 1e4, "of the code distribution in the entropy term; paper 0.01");
  private static final Setting<Double> ENTROPY_WEIGHT =
      Setting.number(
          "entropy-weight", 0.02, 0, 100, "weight of the entropy term, 0 for none; paper 0.1");
  private static final Setting<Double> COMMITMENT_WEIGHT =
      Setting.number(
          "commitment-weight", 0.05, 0, 100, "weight of the commitment loss; paper 0.25");
  private static final Setting<Integer> GROUP_BITS =
      Setting.integer(
          "entropy-group-bits",
          18,
          1,
          20,
          "bits whose joint entropy over a batch is exact, as it is for all 18 in Open-MAGVIT2's code;"
              + " more bits are cut into groups of at most so many");

  private static final Setting<String> ARCHITECTURE =
      Setting.choice(
          "architecture",
          VQGAN,
          List.of(VQGAN, MAGVIT),
          "encoder and decoder: VQGAN's as in the other families, or those of Open-MAGVIT2; paper open-magvit2");

  static List<Setting<?>> all() {
    return List.of(
        ARCHITECTURE, SIZE, SUB_TOKENS, TEMPERATURE, ENTROPY_WEIGHT, COMMITMENT_WEIGHT, GROUP_BITS);
  }

  /**
   * Reads them.
   *
   * @throws UsageException if the size is no power of two or cannot be cut as asked
   */
  static LfqSettings of(Settings settings) {
    int size = settings.get(SIZE);
    int bits = Integer.numberOfTrailingZeros(size);
    if (Integer.bitCount(size) != 1) {
      throw new UsageException(
          "codebook-size "
              + size
              + " is no power of two, and lookup-free quantization has 2^d codes: set it to "
              + Integer.highestOneBit(size)
              + " or "
              + 2 * Integer.highestOneBit(size));
    }
    int subTokens = settings.get(SUB_TOKENS);
    if (bits % subTokens != 0) {
      throw new UsageException(
          bits
              + " bits cannot be cut into "
              + subTokens
              + " sub-tokens of equal width: set sub-tokens to a divisor of "
              + bits);
    }
    return new LfqSettings(
        bits,
        subTokens,
        settings.get(TEMPERATURE),
        settings.get(ENTROPY_WEIGHT),
        settings.get(COMMITMENT_WEIGHT),
        settings.get(ARCHITECTURE).equals(MAGVIT),
        settings.get(GROUP_BITS));
  }
}
